/** `torch._assert`: an assertion that tracing keeps. */
export const source = `
from torch.fx import _patching


def _assert(condition, message):
    traced = _patching.overriding(_assert, (condition,), {})
    if traced is not None:
        return type(traced).__torch_function__(_assert, (type(traced),), (condition, message), {})
    assert condition, message
`;
