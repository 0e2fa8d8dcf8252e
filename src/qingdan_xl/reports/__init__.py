"""Word reports that write their own numbers: what the store and the assessment say, put into the office's templates."""
