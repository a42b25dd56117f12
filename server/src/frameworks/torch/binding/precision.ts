/** What changes the type of a module's numbers, and so its memory: `half`, `double`, `to(torch.bfloat16)`, `type`. */
import type { Value } from "../../../python/values.ts";
import type { DType } from "../../rules/index.ts";
import { isComplex, isFloating } from "../rules/dtypes.ts";
import { method, moduleClass, namedTensors } from "./module.ts";
import { DTypeValue, TensorValue } from "./values.ts";

for (const [name, dtype] of [
  ["float", "float32"],
  ["double", "float64"],
  ["half", "float16"],
  ["bfloat16", "bfloat16"],
] as const) {
  method(moduleClass, name, (_it, self) => {
    convert(self, dtype, isFloating);
    return self;
  });
}

// Devices and what is not known pass by: only a type that is told changes anything.
method(moduleClass, "to", (_it, self, args, keywords) => {
  const dtype = [keywords.get("dtype"), ...args].map(dtypeOf).find((each) => each !== null) ?? null;
  if (dtype !== null) convert(self, dtype, (from) => isFloating(from) || isComplex(from));
  return self;
});

method(moduleClass, "type", (_it, self, args, keywords) => {
  const dtype = dtypeOf(args[0] ?? keywords.get("dst_type"));
  if (dtype !== null) convert(self, dtype, () => true);
  return self;
});

/** The type that `to` is told, also by another tensor. */
function dtypeOf(value: Value | undefined): DType | null {
  if (value instanceof DTypeValue) return value.name;
  return value instanceof TensorValue ? value.type.dtype : null;
}

function convert(module: Parameters<typeof namedTensors>[0], dtype: DType, where: (from: DType) => boolean): void {
  for (const kind of ["_parameters", "_buffers"] as const) {
    for (const [, tensor] of namedTensors(module, kind)) {
      const from = tensor.type.dtype;
      if (from !== null && from !== dtype && where(from)) tensor.setType(tensor.type.withDtype(dtype));
    }
  }
}
