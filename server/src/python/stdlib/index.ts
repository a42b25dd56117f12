/** The parts of the standard library that the interpreter brings, by module name. */
import type { Module } from "../values.ts";

export const nativeModules: ReadonlyMap<string, () => Module> = new Map();
