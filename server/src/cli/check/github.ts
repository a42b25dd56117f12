/** Findings as workflow commands of GitHub Actions, which it shows at the lines of a pull request. */
import type { Checked, Level } from "./findings.ts";

export function githubReport({ findings }: Checked): string {
  return findings
    .map(({ path, line, column, endLine, endColumn, severity, code, message }) => {
      const properties = {
        file: path,
        line,
        endLine,
        // A column is shown only where the place is within one line.
        ...(line === endLine ? { col: column, endColumn } : {}),
        title: `ParamLens: ${code}`,
      };
      const text = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
      return `::${commands[severity]} ${text.join(",")}::${data(message)}\n`;
    })
    .join("");
}

const commands: Readonly<Record<Level, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

/** What would end a command or a property is written as a percent code. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
