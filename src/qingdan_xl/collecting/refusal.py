"""Why a file as a whole cannot be taken."""

from qingdan_xl.problems import Problem


class RefusedError(Exception):
    """The file is not read any further; `problem` says why in one code, and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
