"""What a submission may reach for or leave: the corpus lays these out, and looks for them afterwards."""

PORT = 47653  # of 127.0.0.1, where the corpus listens
CANARY = "hw2-canary"  # a file outside of the course folder, and a variable of the grader's environment
MARK = "hw2-was-here"  # in the name of every file that is written where it does not belong
LEFT_BEHIND = "hw2-left-behind"  # in the command line of every process that is to outlive the grading
EVIDENCE = "EVIDENCE"  # EVIDENCE[what was reached], printed or written beside the notebook
