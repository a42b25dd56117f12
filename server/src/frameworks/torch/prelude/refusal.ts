/** How a layer that is written in Python refuses what it is given: with the code of the finding, in one sentence. */
export const source = `
def refuse(code, message):
    error = RuntimeError(message)
    error.code = code
    raise error
`;
