/**
 * Findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), which code hosts and editors read. Paths are
 * relative to the folder that the command was called in.
 */
import type { ArtifactLocation, Location, Log, Region, ReportingDescriptor, Result } from "sarif";
import { version } from "../../node/version.ts";
import { codeDescriptions } from "../../report/codes.ts";
import type { CheckCode, Checked, Finding, Level, Place } from "./findings.ts";

export function sarifReport({ findings }: Checked): string {
  const codes = [...new Set(findings.map(({ code }) => code))].toSorted();
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "ParamLens", version, semanticVersion: version, rules: codes.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => resultOf(finding, codes)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(code: CheckCode): ReportingDescriptor {
  const text = code === "max-params" ? "A model has more parameters than it may have." : codeDescriptions[code];
  return { id: code, shortDescription: { text } };
}

function resultOf(finding: Finding, codes: readonly CheckCode[]): Result {
  const { path, code, severity, message, related, fixes } = finding;
  const [snippet = ""] = finding.source;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: message },
    locations: [locationOf(path, finding, { snippet: { text: snippet } })],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((each, id) => ({
            ...locationOf(each.path, each),
            id,
            message: { text: each.message },
          })),
        }),
    ...(fixes.length === 0
      ? {}
      : {
          fixes: fixes.map(({ title, edits }) => ({
            description: { text: title },
            artifactChanges: [
              {
                artifactLocation: artifact(path),
                replacements: edits.map(({ newText, ...place }) => ({
                  deletedRegion: regionOf(place),
                  insertedContent: { text: newText },
                })),
              },
            ],
          })),
        }),
  };
}

const levels: Readonly<Record<Level, Result.level>> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

function locationOf(path: string, place: Place, more: Partial<Region> = {}): Location {
  return { physicalLocation: { artifactLocation: artifact(path), region: { ...regionOf(place), ...more } } };
}

function regionOf({ line, column, endLine, endColumn }: Place): Region {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function artifact(path: string): ArtifactLocation {
  const uri = encodeURI(path).replaceAll("#", "%23").replaceAll("?", "%3F");
  return path.startsWith("/") || /^[A-Za-z]:/.test(path)
    ? { uri: `file://${path.startsWith("/") ? "" : "/"}${uri}` }
    : { uri, uriBaseId: "%SRCROOT%" };
}
