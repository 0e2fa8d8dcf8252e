"""The whole loop on bundled samples, with simulated staff who fill like people do."""
