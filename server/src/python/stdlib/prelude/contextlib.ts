/** `contextlib`: managers that hold other managers. */
export const contextlibSource = `
class ContextDecorator:
    def _recreate_cm(self):
        return self

    def __call__(self, func):
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)
        return inner


class ExitStack:
    def __init__(self):
        self._exits = []

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        swallowed = False
        for exit in reversed(self._exits):
            if exit(kind, value, traceback):
                kind = value = traceback = None
                swallowed = True
        self._exits = []
        return swallowed

    def enter_context(self, manager):
        result = manager.__enter__()
        self._exits.append(manager.__exit__)
        return result

    def push(self, exit):
        self._exits.append(exit.__exit__ if hasattr(exit, "__exit__") else exit)
        return exit

    def callback(self, function, /, *args, **kwds):
        def exit(kind, value, traceback):
            function(*args, **kwds)
        self._exits.append(exit)
        return function

    def pop_all(self):
        stack = type(self)()
        stack._exits, self._exits = self._exits, []
        return stack

    def close(self):
        self.__exit__(None, None, None)


class redirect_stdout:
    def __init__(self, new_target):
        self._target = new_target

    def __enter__(self):
        return self._target

    def __exit__(self, kind, value, traceback):
        return False


class redirect_stderr(redirect_stdout):
    pass
`;
