/** Dropout in its kinds: the shape stays. */
import { violate } from "../../../rules/index.ts";
import { requireRank, requireRankAtLeast } from "../geometry/checks.ts";
import { torchRules } from "../table.ts";

for (const [name, accepted] of [
  ["Dropout", "any"],
  ["AlphaDropout", "any"],
  ["Dropout1d", [2, 3]],
  // Feature dropout wants channels; with other ranks than its own PyTorch only warns.
  ["Dropout2d", 2],
  ["Dropout3d", 1],
  ["FeatureAlphaDropout", 2],
] as const) {
  torchRules.layer(`torch.nn.${name}`, {
    sig: "p: float = 0.5, inplace = False",
    check: (a) => {
      if (a.p < 0 || a.p > 1) violate("bad-argument", `${name}: p must lie between 0 and 1, got ${a.p}`);
    },
    essentials: (a) => `p ${a.p}`,
    output: (_a, x) => {
      if (typeof accepted === "number") requireRankAtLeast(name, x.input, accepted);
      else if (accepted !== "any") requireRank(name, x.input, accepted);
      return x.input;
    },
  });
}
