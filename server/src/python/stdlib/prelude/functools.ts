/** `functools`: functions that choose by the type of their first argument. */
export const functoolsSource = `
import types


class _SingleDispatch:
    def __init__(self, function):
        self._function = function
        self.registry = {object: function}
        self.__name__ = getattr(function, "__name__", "singledispatch")
        self.__doc__ = getattr(function, "__doc__", None)
        self.__wrapped__ = function

    def register(self, cls, func=None):
        if func is not None:
            self.registry[cls] = func
            return func
        if isinstance(cls, (type, tuple)):
            def decorate(function):
                for each in cls if isinstance(cls, tuple) else (cls,):
                    self.registry[each] = function
                return function
            return decorate
        from inspect import signature
        first = next(iter(signature(cls).parameters.values())).annotation
        for each in first if isinstance(first, tuple) else (first,):
            self.registry[each] = cls
        return cls

    def dispatch(self, cls):
        for base in cls.__mro__:
            if base in self.registry:
                return self.registry[base]
        for each in self.registry:
            if issubclass(cls, each):
                return self.registry[each]

    def __call__(self, first, *args, **kwargs):
        return self.dispatch(type(first))(first, *args, **kwargs)


def singledispatch(function):
    return _SingleDispatch(function)


class singledispatchmethod:
    def __init__(self, function):
        self.dispatcher = _SingleDispatch(function)
        self.function = function

    def register(self, cls, method=None):
        if method is not None or isinstance(cls, (type, tuple)):
            return self.dispatcher.register(cls, method)
        from inspect import signature
        second = list(signature(cls).parameters.values())[1].annotation
        self.dispatcher.registry[second] = cls
        return cls

    def __get__(self, obj, owner=None):
        def method(*args, **kwargs):
            found = self.dispatcher.dispatch(type(args[0]))
            return found.__get__(obj, owner)(*args, **kwargs) if hasattr(found, "__get__") else found(obj, *args, **kwargs)
        return method
`;
