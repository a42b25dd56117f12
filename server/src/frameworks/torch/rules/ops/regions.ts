/**
 * The compiled ops of torchvision, which its functions in Python call: pooling over regions of interest, suppression of
 * overlapping boxes, deformable convolution. https://docs.pytorch.org/vision/stable/ops.html
 */
import { type Dim, eq, floordiv, mod, mul, numel, product, symbol } from "../../../../algebra/index.ts";
import { require, requireEqual, Tensor } from "../../../rules/index.ts";
import { requireRank } from "../geometry/checks.ts";
import { op } from "./support.ts";

/** The regions: rows of an index into the batch and four coordinates. */
function requireRegions(callee: string, input: Tensor, rois: Tensor): void {
  requireRank(callee, input, [4]);
  requireRank(callee, rois, [2], "rois");
  requireEqual(
    rois.size(1),
    5,
    "bad-argument",
    () => `${callee}: rois must be of shape (K, 5), an index and a box each`,
  );
}

op("torch.ops.torchvision.roi_align", {
  sig: "input: tensor, rois: tensor, spatial_scale: float, pooled_height, pooled_width, sampling_ratio, aligned: bool",
  output: (a) => {
    requireRegions("roi_align", a.input, a.rois);
    return a.input.withShape([a.rois.size(0), a.input.size(1), a.pooled_height, a.pooled_width]);
  },
});

op("torch.ops.torchvision.roi_pool", {
  sig: "input: tensor, rois: tensor, spatial_scale: float, pooled_height, pooled_width",
  output: (a) => {
    requireRegions("roi_pool", a.input, a.rois);
    return withIndices(a.input, [a.rois.size(0), a.input.size(1), a.pooled_height, a.pooled_width]);
  },
});

for (const name of ["ps_roi_align", "ps_roi_pool"]) {
  const more = name === "ps_roi_align" ? ", sampling_ratio" : "";
  op(`torch.ops.torchvision.${name}`, {
    sig: `input: tensor, rois: tensor, spatial_scale: float, pooled_height, pooled_width${more}` as "input: tensor, rois: tensor, spatial_scale: float, pooled_height, pooled_width",
    output: (a) => {
      requireRegions(name, a.input, a.rois);
      const cells = mul(a.pooled_height, a.pooled_width);
      const channels = a.input.size(1);
      require(eq(mod(channels, cells), 0), "not-divisible", () =>
        `${name}: the channels must be a multiple of the pooled cells`);
      return withIndices(a.input, [a.rois.size(0), floordiv(channels, cells), a.pooled_height, a.pooled_width]);
    },
  });
}

/** A result, and for each of its elements where it came from. */
function withIndices(input: Tensor, shape: readonly Dim[]): readonly Tensor[] {
  return [input.withShape(shape), new Tensor(shape, "int32")];
}

op("torch.ops.torchvision.nms", {
  sig: "dets: tensor, scores: tensor, iou_threshold: float",
  output: (a) => {
    requireRank("nms", a.dets, [2], "boxes");
    requireRank("nms", a.scores, [1], "scores");
    requireEqual(a.dets.size(1), 4, "bad-argument", () => "nms: boxes must be of shape (K, 4)");
    requireEqual(a.dets.size(0), a.scores.size(0), "bad-argument", () => "nms: there must be one score for each box");
    return new Tensor(
      [symbol("kept", "how many boxes are kept depends on the data", { min: 0, anonymous: true })],
      "int64",
    );
  },
});

op("torch.ops.torchvision.deform_conv2d", {
  sig: "input: tensor, weight: tensor, offset: tensor, mask: tensor, bias: tensor, stride_h, stride_w, pad_h, pad_w, dil_h, dil_w, groups, offset_groups, use_mask: bool",
  output: (a) => {
    requireRank("deform_conv2d", a.input, [4]);
    requireRank("deform_conv2d", a.weight, [4], "weight");
    requireRank("deform_conv2d", a.offset, [4], "offset");
    return a.input.withShape([a.input.size(0), a.weight.size(0), a.offset.size(2), a.offset.size(3)]);
  },
  macs: (a, out) => mul(numel((out as Tensor).shape), product(a.weight.shape.slice(1))),
});
