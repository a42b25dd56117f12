/**
 * The published schema of SARIF 2.1.0, for tests of what `check` prints. It is the standard's last revision (`rtm.5`, the
 * one that code hosts check uploads against), as Microsoft's SARIF SDK for JavaScript carries it.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";

/** What the schema says against a log, a line for each place; none where it is valid. */
export function schemaErrors(log: unknown): string[] {
  validate(log);
  return (validate.errors ?? []).map(({ instancePath, message = "" }) => `${instancePath || "/"} ${message}`);
}

const schemaFile = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");

// A pattern of the schema (of languages) is one only without the flag u.
const ajv = new Ajv.default({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")) as object);
