/** `npm run bench`: measures the waiting times that the project promises, and prints them beside their targets. */
import { measureAll } from "./measure.ts";

const edits = 200;
const measurements = await measureAll(edits);
const width = Math.max(...measurements.map(({ what }) => what.length));
console.log(`${edits} edits a file, Node ${process.versions.node}\n`);
for (const { what, unit, value, target } of measurements) {
  const digits = unit === "s" ? 2 : 1;
  const missed = value > target ? "  missed" : "";
  const numbers = `${value.toFixed(digits).padStart(8)} ${unit.padEnd(2)}  (target ${target} ${unit})`;
  console.log(`${what.padEnd(width)}  ${numbers}${missed}`);
}
if (measurements.some(({ value, target }) => value > target)) process.exitCode = 1;
