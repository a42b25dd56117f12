/**
 * Names of `torch` that set up how it runs, or ask for it: settings change no shape, and what they are is not known. For
 * the namespace of `torch`.
 */
import { bool, Native, none, Unknown, type Value } from "../../../python/values.ts";
import { Tensor } from "../../rules/index.ts";
import { DTypeValue, device, TensorValue } from "./values.ts";

const setters =
  "set_default_dtype set_default_device set_default_tensor_type set_float32_matmul_precision set_num_threads " +
  "set_num_interop_threads set_printoptions set_flush_denormal set_warn_always set_rng_state set_anomaly_enabled " +
  "set_deterministic_debug_mode use_deterministic_algorithms set_autocast_enabled set_autocast_dtype " +
  "set_autocast_cache_enabled set_autocast_cpu_enabled set_autocast_cpu_dtype set_autocast_gpu_dtype " +
  "clear_autocast_cache save";

const switches =
  "is_grad_enabled is_deterministic_algorithms_warn_only_enabled " +
  "is_inference_mode_enabled is_anomaly_enabled is_anomaly_check_nan_enabled is_warn_always_enabled " +
  "is_autocast_cache_enabled is_conj is_neg is_inference is_vulkan_available";

const numbers =
  "get_num_threads get_num_interop_threads get_deterministic_debug_mode initial_seed seed get_device " +
  "autocast_increment_nesting autocast_decrement_nesting";

const native = (name: string, run: () => Value): readonly [string, Native] => [name, new Native(name, run, false)];
const each = (names: string, run: (name: string) => Value): readonly (readonly [string, Native])[] =>
  names.split(" ").map((name) => native(name, () => run(name)));

export const runtimeNames: Readonly<Record<string, Value>> = Object.fromEntries([
  ...each(setters, () => none),
  ...each(switches, (name) => new Unknown(`${name}() is how PyTorch runs`, { type: "bool" })),
  ...each(numbers, (name) => new Unknown(`${name}() is how PyTorch runs`, { type: "int" })),
  ...each(
    "are_deterministic_algorithms_enabled is_autocast_enabled is_autocast_cpu_enabled is_distributed is_storage",
    () => bool(false),
  ),
  ...each(
    "get_autocast_dtype get_autocast_cpu_dtype get_autocast_gpu_dtype",
    (name) => new Unknown(`${name}() is how PyTorch runs`),
  ),
  native("get_float32_matmul_precision", () => new Unknown("how PyTorch runs", { type: "str" })),
  native("get_default_device", () => device),
  native("get_default_dtype", () => DTypeValue.of("float32")),
  native("get_rng_state", () => new TensorValue(new Tensor(null, "uint8", "the state of the random generator"))),
  native("manual_seed", () => new Unknown("a random generator", { plain: true })),
  native("load", () => new Unknown("what a file holds", { plain: true })),
  native("frombuffer", () => new TensorValue(new Tensor(null, null, "what a buffer holds"))),
]);
