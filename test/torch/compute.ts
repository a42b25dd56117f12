/** The value of a formula as cards write it: integers, `+ − × · /` and `//` (which rounds down), parentheses. */
export function compute(text: string): number {
  const tokens = text.match(/\d+|\/\/|[+−×·/()]/g) ?? [];
  let position = 0;
  const operand = (): number => {
    const token = tokens[position++];
    if (token !== "(") return Number(token);
    const value = chain(sums, product);
    position++;
    return value;
  };
  const chain = (operators: Operators, next: () => number): number => {
    let value = next();
    for (;;) {
      const apply = operators[tokens[position] ?? ""];
      if (apply === undefined) return value;
      position++;
      value = apply(value, next());
    }
  };
  const product = () => chain(products, operand);
  return chain(sums, product);
}

type Operators = Readonly<Record<string, (a: number, b: number) => number>>;
const sums: Operators = { "+": (a, b) => a + b, "−": (a, b) => a - b };
const products: Operators = {
  "×": (a, b) => a * b,
  "·": (a, b) => a * b,
  "/": (a, b) => a / b,
  "//": (a, b) => Math.floor(a / b),
};
