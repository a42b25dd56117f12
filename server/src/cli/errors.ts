/** What the person who calls can mend: said in one line, without a stack. */
export class UserError extends Error {
  override name = "UserError";
}
