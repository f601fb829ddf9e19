"""The names that the second look tells, and the packages that it knows; what blocks may need is not among the first."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


GRADIENTS = _words("""
    autograd functorch forward_ad grad_fn next_functions run_backward register_hook register_post_accumulate_grad_hook
    optim compute_numeric_gradient eval_numerical_gradient eval_numerical_gradient_array
    approx_fprime approx_derivative
""")  # wherever they stand
BELOW = _words("""
    func grad gradient jit compile export fx ops classes library overrides checkpoint cpp_extension multiprocessing
    distributed hub load package serialization fromfile from_file
""")  # of torch; and what is private there, or has `backward` in its name
TAKEN = _words("grad")  # where something is recorded
RECORDS = _words("requires_grad requires_grad_ Parameter enable_grad set_grad_enabled")
BUILT = _words("""
    attrgetter methodcaller __dict__ __getattribute__ __globals__ __code__ __closure__ __subclasses__ __mro__
    __bases__ __base__ __builtins__ __loader__ __spec__ __self__ __wrapped__ __reduce__ __reduce_ex__
    __torch_function__ __torch_dispatch__ __import__ __traceback__ tb_frame f_back f_globals f_locals f_builtins
    f_code gi_frame cr_frame ag_frame
""")  # attributes by which one comes to things without naming them
BUILTINS = _words("""
    exec eval compile __import__ globals vars open breakpoint memoryview getattr setattr delattr __builtins__
    __loader__ __spec__ get_ipython compute_numeric_gradient eval_numerical_gradient
""")  # bare names
WAYS_ROUND = _words("""
    sys os gc inspect ctypes cffi builtins importlib imp pkgutil runpy code codeop types marshal pickle dill shelve
    _thread signal faulthandler subprocess multiprocessing pty mmap socket resource atexit trace bdb pdb cProfile
    profile dis weakref inside __main__ IPython ipykernel setprofile settrace setprofile_all_threads
    settrace_all_threads ProcessPoolExecutor monitoring _getframe ctypeslib memmap f2py
""")  # around the guard: packages, and what stands in others
KNOWN = _words("""
    torch numpy math cmath random collections itertools functools operator typing dataclasses enum abc copy warnings
    logging time datetime contextlib statistics string re fractions decimal numbers heapq bisect textwrap pprint json
    matplotlib tqdm scipy pandas sklearn seaborn PIL torchvision concurrent threading queue sys os pathlib libs
    fully_connected_networks __future__
""")  # packages that may be imported
ONLY = {
    "sys": _words("stdout stderr maxsize float_info version version_info path argv byteorder exit"),
    "os": _words("path sep linesep environ getcwd makedirs listdir"),
}  # of these packages no more
