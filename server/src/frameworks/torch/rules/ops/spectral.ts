/** Fourier transforms: `torch.fft` and `stft`. */
import { add, type Dim, floordiv, format, formatShape, ge, mul, sub } from "../../../../algebra/index.ts";
import { type DType, type OpRule, require, Tensor, Undecided, violate } from "../../../rules/index.ts";
import { defaultDtype, isComplex, isIntegral, toComplex, toFloat, toReal } from "../dtypes.ts";
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
      if (input.rank === 0) violate("rank-mismatch", "a Fourier transform needs at least 1 dimension");
      const own = inverse && n === null ? mul(2, sub(input.size(axis), 1)) : (n ?? input.size(axis));
      require(ge(own, 1), "size-too-small", () => `a Fourier transform of ${format(own)} points is not possible`);
      return new Tensor(withSize(input.shape, axis, size(own)), dtype(input.dtype));
    },
  });
}
const half = (n: Dim): Dim => add(floordiv(n, 2), 1);
transform("torch.fft.fft torch.fft.ifft", (n) => n, spectrumOf);
transform("torch.fft.rfft torch.fft.ihfft", half, spectrumOf);
transform(
  "torch.fft.irfft torch.fft.hfft",
  (n) => n,
  (dtype) => toReal(spectrumOf(dtype)),
  true,
);

/** Transforms along several dimensions; the last of them is halved or restored by the real ones. */
function transforms(name: string, dims: readonly Dim[] | null, kind: "complex" | "real" | "inverse"): void {
  op(name, {
    sig: "input: tensor, s: ints? = None, dim: ints? = None, norm: any? = None",
    output: ({ input, s, dim }) => {
      const given = dim ?? (s === null ? dims : s.map((_, i) => i - s.length));
      const axes = axesOf(given, input.rank);
      let shape = input.shape;
      for (const [i, axis] of axes.entries()) {
        const last = i === axes.length - 1;
        const wanted = s?.[i];
        const full =
          wanted === undefined || wanted === -1 ? restored(input.size(axis), last && kind === "inverse") : wanted;
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
  transforms(`torch.fft.rfft${suffix}`, dims, "real");
  transforms(`torch.fft.irfft${suffix}`, dims, "inverse");
}
op("torch.fft.fftshift torch.fft.ifftshift", {
  sig: "input: tensor, dim: ints? = None",
  output: ({ input, dim }) => {
    axesOf(dim, input.rank);
    return input;
  },
});
const frequencies =
  "n, d: any = 1.0, *, dtype: dtype? = None, layout: any? = None, device: any? = None, requires_grad: any? = None";
op("torch.fft.fftfreq", { sig: frequencies, output: (a) => new Tensor([a.n], a.dtype ?? defaultDtype) });
op("torch.fft.rfftfreq", { sig: frequencies, output: (a) => new Tensor([half(a.n)], a.dtype ?? defaultDtype) });

const stft: OpRule<"input: tensor, n_fft, hop_length: int? = None, win_length: int? = None, window: tensor? = None, center = True, pad_mode: any? = None, normalized: any = False, onesided: bool? = None, return_complex: bool? = None, align_to_window: any? = None"> =
  {
    sig: "input: tensor, n_fft, hop_length: int? = None, win_length: int? = None, window: tensor? = None, center = True, pad_mode: any? = None, normalized: any = False, onesided: bool? = None, return_complex: bool? = None, align_to_window: any? = None",
    output: (a) => {
      if (a.input.rank !== 1 && a.input.rank !== 2) {
        violate("rank-mismatch", `stft needs 1 or 2 dimensions, but ${formatShape(a.input.shape)} has ${a.input.rank}`);
      }
      const { dtype } = a.input;
      if (dtype === null) throw new Undecided("the dtype of the signal is not known");
      if (isIntegral(dtype)) violate("bad-argument", `stft needs a floating point signal, got ${dtype}`);
      const length = a.center ? add(a.input.size(-1), mul(2, floordiv(a.n_fft, 2))) : a.input.size(-1);
      require(ge(length, a.n_fft), "size-too-small", () =>
        `stft takes windows of ${format(a.n_fft)} from a signal of ${format(length)}`);
      const frames = add(floordiv(sub(length, a.n_fft), a.hop_length ?? floordiv(a.n_fft, 4)), 1);
      const bins = (a.onesided ?? !isComplex(dtype)) ? half(a.n_fft) : a.n_fft;
      const shape = [...a.input.shape.slice(0, -1), bins, frames];
      if (a.return_complex === true || isComplex(dtype)) return new Tensor(shape, toComplex(dtype));
      if (a.return_complex === null) violate("bad-argument", "stft of a real signal needs return_complex");
      return new Tensor([...shape, 2], dtype);
    },
  };
op(`${both("stft")} torch.functional.stft`, stft);
