"""Why a file as a whole cannot be taken."""

from qingdan_xl.problems import Problem


class RefusedError(Exception):
    """The file is not read any further; `problem` says why in one code, and what to do.

    `unit_id` is whose workbook it is where that is beyond doubt, '' otherwise.
    """

    def __init__(self, problem: Problem, unit_id: str = "") -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.unit_id = unit_id
