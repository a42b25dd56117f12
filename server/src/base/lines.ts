/** Offsets to lines and columns and back. All count UTF-16 units from 0, as LSP does. */

export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Where each line of a text starts. */
export class LineIndex {
  readonly text: string;
  private readonly starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.starts.push(at + 1);
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** The position of an offset; offsets outside of the text are clamped. */
  positionAt(offset: number): Position {
    const at = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - (this.starts[low] ?? 0) };
  }

  offsetAt({ line, character }: Position): number {
    if (line >= this.starts.length) return this.text.length;
    const start = this.starts[Math.max(line, 0)] ?? 0;
    return Math.min(start + Math.max(character, 0), this.endOfLine(Math.max(line, 0)));
  }

  /** Where a line's text ends, its line break left out. */
  endOfLine(line: number): number {
    const next = this.starts[line + 1];
    if (next === undefined) return this.text.length;
    return this.text[next - 2] === "\r" ? next - 2 : next - 1;
  }

  /** The text of a line without its line break. */
  lineText(line: number): string {
    return this.text.slice(this.starts[line] ?? this.text.length, this.endOfLine(line));
  }
}
