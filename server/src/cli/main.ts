/**
 * The command line: arguments, exit status, and one clear line on stderr where something cannot be done. What a command
 * needs is loaded when it runs, so that a summary does not wait for the language server.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { version } from "../node/version.ts";
import { parseCount } from "../settings/count.ts";
import type { CheckFormat } from "./check/index.ts";
import { UserError } from "./errors.ts";
import type { SummaryFormat } from "./summary.ts";

/** Fine; findings; bad usage or unreadable input. */
const status = { fine: 0, findings: 1, unusable: 2 } as const;

interface CommonOptions {
  readonly python?: string;
  readonly color: boolean;
}

function createProgram(): Command {
  const program = new Command("paramlens")
    .description("Parameter counts and tensor shapes of neural networks, read from Python source that is never run.")
    .version(version, "--version", "print the version")
    .option("--python <path>", "a Python executable or environment whose installed packages to read")
    .option("--no-color", "plain text")
    .exitOverride()
    .configureOutput({
      outputError: (text, write) =>
        write(
          `paramlens: ${text
            .replace(/^error: /, "")
            .trim()
            .replaceAll("\n", " ")}\n`,
        ),
    });
  const common = () => program.opts<CommonOptions>();

  program
    .command("summary")
    .description("the layers of a model, with output shapes, parameters and totals")
    .argument("<target>", "FILE.py, FILE.py:EXPR or package.module:EXPR; EXPR is a name or a call, such as Net(10)")
    .option("--input <spec>", "an input: 1,3,224,224 or x=(N,3,224,224), with :int64 behind it for a type", collect, [])
    .option("--depth <n>", "levels of the tree to show", positiveInteger)
    .addOption(
      new Option("--format <format>", "how to print").choices(["table", "markdown", "csv", "json"]).default("table"),
    )
    .action(async (target: string, options: { input: string[]; depth?: number; format: SummaryFormat }) => {
      const { summary } = await import("./summary.ts");
      await summary(target, { ...common(), ...options });
    });

  program
    .command("inspect")
    .description("every fact of a file: models, shapes of variables, hints, diagnostics")
    .argument("<file...>")
    .requiredOption("--json", "as JSON")
    .action(async (files: string[]) => {
      const { inspect } = await import("./inspect.ts");
      await inspect(files, common());
    });

  program
    .command("annotate")
    .description("the source with the hints as comments")
    .argument("<file...>")
    .option("--write", "write the files instead of printing them", false)
    .action(async (files: string[], options: { write: boolean }) => {
      const { annotate } = await import("./annotate.ts");
      await annotate(files, { ...common(), ...options });
    });

  program
    .command("check")
    .description("what does not fit, in files, folders and globs; for terminals and for continuous integration")
    .argument("<path...>", "files, folders with all below them, or globs")
    .addOption(
      new Option("--format <format>", "how to print").choices(["text", "json", "sarif", "github"]).default("text"),
    )
    .option("--max-params <n>", "the most parameters that a model may have, such as 25M", parameterCount)
    .action(async (paths: string[], options: { format: CheckFormat; maxParams?: number }) => {
      const { check } = await import("./check/index.ts");
      if (await check(paths, { ...common(), ...options })) process.exitCode = status.findings;
    });

  program
    .command("lsp")
    .description("the language server, for any editor")
    .requiredOption("--stdio", "speak over standard input and output")
    .action(async () => {
      await import("../lsp/node.ts");
      await untilTheClientLeaves;
    });
  return program;
}

/** The server ends the process by itself, when it is told to or when its input ends. */
const untilTheClientLeaves = new Promise<never>(() => {});

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function positiveInteger(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("It must be a whole number from 1 on.");
  return Number(text);
}

function parameterCount(text: string): number {
  const count = parseCount(text);
  if (count === null) throw new InvalidArgumentError("It must be a number of parameters, such as 25M or 25_000_000.");
  return count;
}

async function main(args: readonly string[]): Promise<void> {
  // A reader that has seen enough, such as `head`, is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) =>
    process.exit(error.code === "EPIPE" ? 0 : status.unusable),
  );
  try {
    await createProgram().parseAsync(args, { from: "user" });
  } catch (error) {
    process.exitCode = statusOf(error);
  }
  // The engine may still be compiling the parser in the background, for 0.1 s that nobody needs to wait for.
  process.stdout.write("", () => process.exit());
}

function statusOf(error: unknown): number {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? status.fine : status.unusable;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`paramlens: ${error instanceof UserError ? "" : "internal error: "}${message}\n`);
  return status.unusable;
}

void main(process.argv.slice(2));
