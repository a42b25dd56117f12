/** The values that PyTorch brings into the interpreter: tensors and parameters, dtypes, devices. */
import { eq, type Shape } from "../../../algebra/index.ts";
import { type Join, type Mutable, now, touch } from "../../../python/journal.ts";
import { objectClass, tupleClass } from "../../../python/types.ts";
import { Class, Host, int, type Key, Tuple, type Value } from "../../../python/values.ts";
import { type DType, Tensor } from "../../rules/index.ts";
import { exactly, type Numbers } from "./numbers.ts";

export const tensorClass = new Class({ name: "Tensor", module: "torch", bases: [objectClass], partial: true });
export const parameterClass = new Class({
  name: "Parameter",
  module: "torch.nn.parameter",
  bases: [tensorClass],
  partial: true,
});
export const sizeClass = new Class({ name: "Size", module: "torch", bases: [tupleClass], partial: true });
export const dtypeClass = new Class({ name: "dtype", module: "torch", bases: [objectClass], partial: true });
export const deviceClass = new Class({ name: "device", module: "torch", bases: [objectClass], partial: true });

interface TensorState {
  readonly type: Tensor;
  readonly requiresGrad: boolean;
  readonly held: Numbers | null;
}

/** A tensor. Its identity is the tensor's: tied weights are one value in two places. */
export class TensorValue extends Host implements Mutable {
  readonly born = now();
  readonly cls: Class;
  type: Tensor;
  requiresGrad: boolean;
  private held: Numbers | null = null;
  /** The tensor that this one is a part of, where both hold numbers. */
  private base: TensorValue | null = null;

  constructor(type: Tensor, options: { parameter?: boolean; requiresGrad?: boolean } = {}) {
    super();
    this.type = type;
    this.cls = options.parameter ? parameterClass : tensorClass;
    this.requiresGrad = options.requiresGrad ?? options.parameter ?? false;
  }

  get isParameter(): boolean {
    return this.cls === parameterClass;
  }

  setRequiresGrad(value: boolean): void {
    touch(this);
    this.requiresGrad = value;
  }

  /** Gives it another type, as a write in place may do. */
  setType(type: Tensor): void {
    touch(this);
    this.type = type;
    this.forget();
  }

  /** Its numbers in row-major order, where something is known of them; see `contents.ts`. */
  get numbers(): Numbers | null {
    return this.base !== null && this.base.numbers === null ? null : this.held;
  }

  /** Its numbers where they are certain. */
  get contents(): readonly number[] | null {
    const { numbers } = this;
    return numbers && exactly(numbers);
  }

  /** Enters the numbers of a tensor that was just made, `base` being the one that it is a part of. */
  hold(numbers: Numbers, base: TensorValue | null = null): void {
    this.held = numbers;
    this.base = base;
  }

  /** To be called where something may write to it: its numbers are no longer known. */
  override forget(): void {
    if (this.held === null) return;
    touch(this);
    this.held = null;
    this.base?.forget();
  }

  describe(): string {
    return "a tensor";
  }

  /** Equal shapes stay; else only the rank's sizes that agree could, which nobody needs. */
  join(other: Host): Value | null {
    if (!(other instanceof TensorValue)) return null;
    const [a, b] = [this.type, other.type];
    const dtype = a.dtype === b.dtype ? a.dtype : null;
    if (a.dims === null || b.dims === null)
      return new TensorValue(new Tensor(null, dtype, a.dims === null ? a.why : b.why));
    const { dims } = b;
    const same = a.dims.length === dims.length && a.dims.every((size, i) => eq(size, dims[i] ?? -1) === true);
    return new TensorValue(
      same ? new Tensor(a.dims, dtype) : new Tensor(null, dtype, "its shape depends on a condition that is not known"),
    );
  }

  capture(): unknown {
    return { type: this.type, requiresGrad: this.requiresGrad, held: this.held };
  }
  restore(state: unknown): void {
    const { type, requiresGrad, held } = state as TensorState;
    this.type = type;
    this.requiresGrad = requiresGrad;
    this.held = held;
  }
  merge(one: unknown, other: unknown, _join: Join): void {
    const [a, b] = [one as TensorState, other as TensorState];
    this.type = a.type === b.type ? a.type : new Tensor(null, null, "it depends on a condition that is not known");
    this.requiresGrad = a.requiresGrad && b.requiresGrad;
    this.held = a.held === b.held ? a.held : null;
  }
}

/** `torch.float32` and its like; one object each. */
export class DTypeValue extends Host {
  readonly cls = dtypeClass;
  readonly name: DType;
  private constructor(name: DType) {
    super();
    this.name = name;
  }
  describe(): string {
    return `torch.${this.name}`;
  }
  join(other: Host): Value | null {
    return other === this ? this : null;
  }

  private static readonly all = new Map<DType, DTypeValue>();
  static of(name: DType): DTypeValue {
    let value = DTypeValue.all.get(name);
    if (!value) {
      value = new DTypeValue(name);
      DTypeValue.all.set(name, value);
    }
    return value;
  }
}

/** A device: shapes do not depend on it, so all are one. */
export class DeviceValue extends Host {
  readonly cls = deviceClass;
  describe(): string {
    return "device";
  }
  override key(): Key {
    return "device";
  }
  join(other: Host): Value | null {
    return other instanceof DeviceValue ? this : null;
  }
}
export const device = new DeviceValue();

/** `x.shape`. */
export function sizeOf(shape: Shape): Tuple {
  return new Tuple(
    shape.map((size) => int(size)),
    sizeClass,
  );
}
