/** Fourier transforms: `torch.fft` and `stft`. */
import { add, type Dim, floordiv, format, formatShape, ge, gt, lt, mul, sub } from "../../../../algebra/index.ts";
import { type DType, type OpRule, require, requireEqual, Tensor, Undecided, violate } from "../../../rules/index.ts";
import { defaultDtype, isComplex, isIntegral, promoteTypes, toComplex, toFloat, toReal } from "../dtypes.ts";
import { axesOf, axisOf, both, op, withSize } from "./support.ts";

const spectrumOf = (dtype: DType | null): DType | null => toComplex(toFloat(dtype));

/** Transforms along one dimension, cut or padded to `n`. */
function transform(
  names: string,
  size: (n: Dim) => Dim,
  dtype: (dtype: DType | null) => DType | null,
  inverse = false,
): void {
  op(names, {
    sig: "input: tensor, n: int? = None, dim = -1, norm: any? = None",
    output: ({ input, n, dim }) => {
      const axis = axisOf(dim, input.rank);
      if (input.rank === 0)
        violate("rank-mismatch", "a Fourier transform needs at least 1 dimension, but the tensor has none");
      const own = inverse && n === null ? mul(2, sub(input.size(axis), 1)) : (n ?? input.size(axis));
      require(ge(own, 1), "size-too-small", () => `a Fourier transform of ${format(own)} points is not possible`);
      return new Tensor(withSize(input.shape, axis, size(own)), dtype(input.dtype));
    },
  });
}
/** How many points of a spectrum are left where the others mirror them; C++ divides towards 0. */
const half = (n: Dim): Dim => (lt(n, 0) === true ? sub(1, floordiv(sub(0, n), 2)) : add(floordiv(n, 2), 1));
transform("torch.fft.fft torch.fft.ifft", (n) => n, spectrumOf);
transform("torch.fft.rfft torch.fft.ihfft", half, spectrumOf);
transform(
  "torch.fft.irfft torch.fft.hfft",
  (n) => n,
  (dtype) => toReal(spectrumOf(dtype)),
  true,
);

/** Transforms along several dimensions; the last of them is halved or restored by the real ones. */
function transforms(names: string, dims: readonly Dim[] | null, kind: "complex" | "real" | "inverse"): void {
  op(names, {
    sig: "input: tensor, s: ints? = None, dim: ints? = None, norm: any? = None",
    output: ({ input, s, dim }) => {
      const given = dim ?? (s === null ? dims : s.map((_, i) => i - s.length));
      const axes = axesOf(given, input.rank);
      if (s !== null && dim !== null && s.length !== dim.length) {
        violate(
          "bad-argument",
          `a Fourier transform needs a size for each dimension, got ${s.length} and ${dim.length}`,
        );
      }
      if (kind === "real" && input.dtype !== null && isComplex(input.dtype)) {
        violate("bad-argument", `a transform of real numbers cannot take ${input.dtype}`);
      }
      let shape = input.shape;
      for (const [i, axis] of axes.entries()) {
        const last = i === axes.length - 1;
        const wanted = s?.[i];
        const full =
          wanted === undefined || wanted === -1 ? restored(input.size(axis), last && kind === "inverse") : wanted;
        require(ge(full, 1), "size-too-small", () => `a Fourier transform of ${format(full)} points is not possible`);
        shape = withSize(shape, axis, last && kind === "real" ? half(full) : full);
      }
      return new Tensor(shape, kind === "inverse" ? toReal(spectrumOf(input.dtype)) : spectrumOf(input.dtype));
    },
  });
}
const restored = (size: Dim, halved: boolean): Dim => (halved ? mul(2, sub(size, 1)) : size);
for (const [suffix, dims] of [
  ["2", [-2, -1]],
  ["n", null],
] as const) {
  transforms(`torch.fft.fft${suffix}`, dims, "complex");
  transforms(`torch.fft.ifft${suffix}`, dims, "complex");
  transforms(`torch.fft.rfft${suffix} torch.fft.ihfft${suffix}`, dims, "real");
  transforms(`torch.fft.irfft${suffix} torch.fft.hfft${suffix}`, dims, "inverse");
}
op("torch.fft.fftshift torch.fft.ifftshift", {
  sig: "input: tensor, dim: ints? = None",
  output: ({ input, dim }) => {
    for (const each of dim ?? []) axisOf(each, input.rank);
    return input;
  },
});
const frequencies =
  "n, d: any = 1.0, *, dtype: dtype? = None, layout: any? = None, device: any? = None, requires_grad: any? = None";
op("torch.fft.fftfreq", { sig: frequencies, output: (a) => frequenciesOf("fftfreq", a.n, a.n, a.dtype) });
op("torch.fft.rfftfreq", { sig: frequencies, output: (a) => frequenciesOf("rfftfreq", a.n, half(a.n), a.dtype) });

function frequenciesOf(callee: string, n: Dim, count: Dim, dtype: DType | null): Tensor {
  require(ge(count, 0), "bad-argument", () => `${callee} of ${format(n)} points is not possible`);
  if (dtype !== null && isIntegral(dtype))
    violate("bad-argument", `${callee} needs a floating point dtype, got ${dtype}`);
  return new Tensor([count], dtype ?? defaultDtype);
}

const stft: OpRule<"input: tensor, n_fft, hop_length: int? = None, win_length: int? = None, window: tensor? = None, center = True, pad_mode: str? = None, normalized: any = False, onesided: bool? = None, return_complex: bool? = None, align_to_window: bool? = None"> =
  {
    sig: "input: tensor, n_fft, hop_length: int? = None, win_length: int? = None, window: tensor? = None, center = True, pad_mode: str? = None, normalized: any = False, onesided: bool? = None, return_complex: bool? = None, align_to_window: bool? = None",
    output: (a) => {
      if (a.input.rank !== 1 && a.input.rank !== 2) {
        violate("rank-mismatch", `stft needs 1 or 2 dimensions, but ${formatShape(a.input.shape)} has ${a.input.rank}`);
      }
      const { dtype } = a.input;
      if (dtype === null) throw new Undecided("the dtype of the signal is not known");
      if (isIntegral(dtype)) violate("bad-argument", `stft needs a floating point signal, got ${dtype}`);
      const pads = floordiv(a.n_fft, 2);
      if (a.center && (a.pad_mode === null || a.pad_mode === "reflect")) {
        require(lt(pads, a.input.size(-1)), "size-too-small", () =>
          `stft reflects ${format(pads)} elements at both ends, which must be fewer than the ${format(a.input.size(-1))} of the signal`);
      }
      const length = a.center ? add(a.input.size(-1), mul(2, floordiv(a.n_fft, 2))) : a.input.size(-1);
      require(ge(length, a.n_fft), "size-too-small", () =>
        `stft takes windows of ${format(a.n_fft)} from a signal of ${format(length)}`);
      if (a.center && a.align_to_window !== null) {
        violate("bad-argument", "stft takes align_to_window only with center=False");
      }
      const hop = a.hop_length ?? floordiv(a.n_fft, 4);
      const window = a.win_length ?? a.n_fft;
      require(gt(hop, 0), "bad-argument", () => `stft needs a hop_length of at least 1, got ${format(hop)}`);
      const fits = gt(window, 0) === false || gt(window, a.n_fft) === true ? false : undefined;
      require(fits, "bad-argument", () =>
        `stft: win_length=${format(window)} must lie between 1 and n_fft=${format(a.n_fft)}`);
      if (a.window !== null && a.window.dims !== null) {
        const given = a.window;
        if (given.rank !== 1)
          violate("rank-mismatch", `stft needs a window of 1 dimension, got ${formatShape(given.shape)}`);
        requireEqual(
          given.size(0),
          window,
          "bad-argument",
          () => `stft needs a window of ${format(window)} elements, got ${formatShape(given.shape)}`,
        );
      }
      const frames = add(floordiv(sub(length, a.align_to_window ? window : a.n_fft), hop), 1);
      const windowed = a.window === null ? dtype : promoteTypes(dtype, a.window.dtype);
      if (windowed === null) throw new Undecided("the dtype of the window is not known");
      if (a.onesided === true && isComplex(windowed)) {
        violate("bad-argument", "stft gives one side only of a real signal in a real window, got a complex one");
      }
      const bins = (a.onesided ?? !isComplex(windowed)) ? half(a.n_fft) : a.n_fft;
      const shape = [...a.input.shape.slice(0, -1), bins, frames];
      if (a.return_complex ?? isComplex(windowed)) return new Tensor(shape, toComplex(windowed));
      if (a.return_complex === null) violate("bad-argument", "stft of a real signal needs return_complex");
      return new Tensor([...shape, 2], toReal(windowed));
    },
  };
op(`${both("stft")} torch.functional.stft`, stft);
