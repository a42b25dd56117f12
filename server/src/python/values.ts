/**
 * The values of the abstract interpreter: Python's own, plus `Unknown`, which remembers why it is unknown, and `Host`,
 * the base of values that a framework brings.
 */

import type { Bound, Descriptor, Func, Native, Super } from "./values/callables.ts";
import type { Dict, Iterator, List, Range, SetValue, Slice, Tuple } from "./values/containers.ts";
import type { Module } from "./values/names.ts";
import type { Class, Host, Instance } from "./values/objects.ts";
import type { Bool, Bytes, Ellipsis, Float, Int, None, NotImplemented, Str } from "./values/scalars.ts";
import type { Unknown } from "./values/unknown.ts";

export * from "./values/callables.ts";
export * from "./values/containers.ts";
export * from "./values/names.ts";
export * from "./values/objects.ts";
export * from "./values/scalars.ts";
export * from "./values/unknown.ts";

export type Value =
  | Unknown
  | None
  | Ellipsis
  | NotImplemented
  | Bool
  | Int
  | Float
  | Str
  | Bytes
  | Tuple
  | List
  | Dict
  | SetValue
  | Range
  | Slice
  | Iterator
  | Func
  | Bound
  | Native
  | Class
  | Instance
  | Module
  | Descriptor
  | Super
  | Host;
