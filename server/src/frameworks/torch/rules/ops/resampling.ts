/** Padding and resampling of `torch.nn.functional`: `pad`, `interpolate`, `grid_sample`, pixel shuffling. */
import { type Dim, eq, format, formatShape, gt, numel, symbol } from "../../../../algebra/index.ts";
import { require, requireEqual, Tensor, Undecided, violate } from "../../../rules/index.ts";
import { requireRank } from "../geometry/checks.ts";
import {
  channelShuffleOutput,
  type Interpolation,
  interpolateOutput,
  pixelShuffleOutput,
  pixelUnshuffleOutput,
} from "../geometry/interpolate.ts";
import { type PadMode, padOutput } from "../geometry/pad.ts";
import { op } from "./support.ts";

const padModes: readonly string[] = ["constant", "reflect", "replicate", "circular"];

op("torch.nn.functional.pad", {
  sig: 'input: tensor, pad: ints, mode = "constant", value: any? = None',
  output: ({ input, pad, mode }) => {
    if (!padModes.includes(mode)) violate("bad-argument", `pad has no mode "${mode}"`);
    return input.withShape(padOutput("pad", input, pad, mode as PadMode));
  },
});
op("torch.constant_pad_nd", {
  sig: "input: tensor, pad: ints, value: any = 0",
  output: ({ input, pad }) => input.withShape(padOutput("pad", input, pad, "constant")),
});

const interpolated = (input: Tensor, i: Partial<Interpolation>): Tensor =>
  input.withShape(
    interpolateOutput("interpolate", input, {
      size: null,
      scale: null,
      mode: "nearest",
      alignCorners: null,
      recomputeScale: null,
      ...i,
    }),
  );
op("torch.nn.functional.interpolate", {
  sig: 'input: tensor, size: ints? = None, scale_factor: floats? = None, mode = "nearest", align_corners: bool? = None, recompute_scale_factor: bool? = None, antialias: any = False',
  output: (a) =>
    interpolated(a.input, {
      size: a.size,
      scale: a.scale_factor,
      mode: a.mode,
      alignCorners: a.align_corners,
      recomputeScale: a.recompute_scale_factor,
    }),
});
op("torch.nn.functional.upsample", {
  sig: 'input: tensor, size: ints? = None, scale_factor: floats? = None, mode = "nearest", align_corners: bool? = None',
  output: (a) =>
    interpolated(a.input, { size: a.size, scale: a.scale_factor, mode: a.mode, alignCorners: a.align_corners }),
});
op("torch.nn.functional.upsample_nearest", {
  sig: "input: tensor, size: ints? = None, scale_factor: floats? = None",
  output: (a) => interpolated(a.input, { size: a.size, scale: a.scale_factor }),
});
op("torch.nn.functional.upsample_bilinear", {
  sig: "input: tensor, size: ints? = None, scale_factor: floats? = None",
  output: (a) => interpolated(a.input, { size: a.size, scale: a.scale_factor, mode: "bilinear", alignCorners: true }),
});

op("torch.nn.functional.pixel_shuffle torch.pixel_shuffle", {
  sig: "input: tensor, upscale_factor",
  output: (a) => a.input.withShape(pixelShuffleOutput("pixel_shuffle", a.input, a.upscale_factor)),
});
op("torch.nn.functional.pixel_unshuffle torch.pixel_unshuffle", {
  sig: "input: tensor, downscale_factor",
  output: (a) => a.input.withShape(pixelUnshuffleOutput("pixel_unshuffle", a.input, a.downscale_factor)),
});
op("torch.nn.functional.channel_shuffle torch.channel_shuffle", {
  sig: "input: tensor, groups",
  output: (a) => a.input.withShape(channelShuffleOutput("channel_shuffle", a.input, a.groups)),
});

op("torch.nn.functional.grid_sample", {
  sig: 'input: tensor, grid: tensor, mode = "bilinear", padding_mode = "zeros", align_corners: any? = None',
  output: ({ input, grid }) => {
    requireRank("grid_sample", input, [4, 5]);
    requireRank("grid_sample", grid, [input.rank], "grid");
    const spatial = input.rank - 2;
    const message = (): string => `grid_sample of ${formatShape(input.shape)} with the grid ${formatShape(grid.shape)}`;
    requireEqual(
      input.size(0),
      grid.size(0),
      "broadcast-mismatch",
      () => `${message()}: the batch sizes must be equal`,
    );
    requireEqual(
      grid.size(-1),
      spatial,
      "bad-argument",
      () => `${message()}: the last size of the grid must be ${spatial}, not ${format(grid.size(-1))}`,
    );
    return input.withShape([...input.shape.slice(0, 2), ...grid.shape.slice(1, -1)]);
  },
});
op("torch.nn.functional.affine_grid", {
  sig: "theta: tensor, size: ints, align_corners: any? = None",
  output: ({ theta, size }) => {
    const [n, ...rest] = size;
    if (n === undefined || (size.length !== 4 && size.length !== 5)) {
      violate("bad-argument", `affine_grid takes a size of 4 or 5 numbers, got ${formatShape(size)}`);
    }
    const spatial = size.length - 2;
    const wanted: readonly Dim[] = [n, spatial, spatial + 1];
    if (eq(n, 0) === true) throw new Undecided("a grid for no images is not followed");
    const fits = theta.rank === 3 && wanted.every((each, i) => eq(theta.size(i), each) !== false);
    if (!fits) {
      violate(
        "rank-mismatch",
        `affine_grid needs theta of sizes ${formatShape(wanted)}, got ${formatShape(theta.shape)}`,
      );
    }
    return theta.withShape([n, ...rest.slice(1), spatial]);
  },
});

op("torch.nn.functional.one_hot", {
  sig: "input: tensor, num_classes = -1",
  output: (a) => {
    if (a.input.dtype !== null && a.input.dtype !== "int64") {
      violate("bad-argument", `one_hot needs a tensor of int64, got ${a.input.dtype}`);
    }
    if (a.num_classes === -1) {
      if (eq(numel(a.input.shape), 0) === true) violate("bad-argument", "one_hot of no elements needs num_classes");
      return new Tensor([...a.input.shape, classCount()], "int64");
    }
    require(gt(a.num_classes, 0), "bad-argument", () => `one_hot needs at least 1 class, got ${format(a.num_classes)}`);
    return new Tensor([...a.input.shape, a.num_classes], "int64");
  },
});

const classCount = (): Dim =>
  symbol("classes", "the number of classes is the greatest value, which depends on the data", {
    min: 1,
    anonymous: true,
  });
