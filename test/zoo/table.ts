/** The figures of all builders as Markdown: a row for each family of models, which is a module of torchvision. */
import type { Verdict } from "../models/truth.ts";
import type { Replay, Tally } from "./replay.ts";

/** The figures as one text, the same for the same analysis: no times. */
export function tableOf(replays: readonly Replay[]): string {
  const families = [...new Set(replays.map(familyOf))].toSorted();
  const rows = families.map((name) =>
    row(
      name,
      replays.filter((each) => familyOf(each) === name),
    ),
  );
  return markdown([...rows, row("**all**", replays)]);
}

/** Figures over builders: how many are exact, wrong, unknown. */
export function tallyOf(verdicts: readonly (Verdict | null)[]): Tally {
  const count = (verdict: Verdict) => verdicts.filter((each) => each === verdict).length;
  return { exact: count("exact"), wrong: count("wrong"), unknown: count("unknown") };
}

export function modulesOf(replays: readonly Replay[]): Tally {
  const sum = (key: keyof Tally) => replays.reduce((total, { modules }) => total + modules[key], 0);
  return { exact: sum("exact"), wrong: sum("wrong"), unknown: sum("unknown") };
}

const head = ["family", "builders", "counts", "output", "output of each module", "work", "false findings"];

function row(name: string, replays: readonly Replay[]): string[] {
  const called = replays.some(({ output }) => output !== null);
  return [
    name,
    String(replays.length),
    cell(tallyOf(replays.map(({ counts }) => counts))),
    called ? cell(tallyOf(replays.map(({ output }) => output))) : "–",
    called ? cell(modulesOf(replays)) : "–",
    called ? cell(tallyOf(replays.map(({ flops }) => flops))) : "–",
    String(replays.reduce((total, { findings }) => total + findings.length, 0)),
  ];
}

function cell({ exact, wrong, unknown }: Tally): string {
  return `${exact} / ${wrong} / ${unknown}`;
}

function familyOf({ truth }: Replay): string {
  return truth.module.replace("torchvision.models.", "");
}

function markdown(rows: readonly string[][]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((cells) => cells[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join(" | ")} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return `${[line(head), rule, ...rows.map(line)].join("\n")}\n`;
}
