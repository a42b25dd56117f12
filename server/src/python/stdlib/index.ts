/** The parts of the standard library that the interpreter brings, by module name. */
import type { Module } from "../values.ts";
import { argparse } from "./argparse.ts";
import { collections } from "./collections.ts";
import { contextlib } from "./contextlib.ts";
import { copy } from "./copy.ts";
import { dataclasses } from "./dataclasses.ts";
import { outsideModule } from "./define.ts";
import { enumModule } from "./enum.ts";
import { functools } from "./functools.ts";
import { inspect } from "./inspect.ts";
import { itertools } from "./itertools.ts";
import { json } from "./json.ts";
import { math } from "./math.ts";
import { builtins, keyword } from "./names.ts";
import { operator } from "./operator.ts";
import { os, osPath, pathlib } from "./paths.ts";
import { re } from "./re.ts";
import * as system from "./system.ts";
import { abc, collectionsAbc, numbers, typing, typingExtensions } from "./typing.ts";

/** What makes each module; a run makes its own. */
export const nativeModules: ReadonlyMap<string, () => Module> = new Map([
  ...system.outsiders.map((name): [string, () => Module] => [name, outsideModule(name)]),
  ["abc", abc],
  ["argparse", argparse],
  ["builtins", builtins],
  ["collections", collections],
  ["collections.abc", collectionsAbc],
  ["contextlib", contextlib],
  ["copy", copy],
  ["dataclasses", dataclasses],
  ["enum", enumModule],
  ["functools", functools],
  ["importlib", system.importlib],
  ["importlib.util", system.importlibUtil],
  ["inspect", inspect],
  ["itertools", itertools],
  ["json", json],
  ["keyword", keyword],
  ["logging", system.logging],
  ["math", math],
  ["numbers", numbers],
  ["operator", operator],
  ["os", os],
  ["os.path", osPath],
  ["pathlib", pathlib],
  ["random", system.random],
  ["re", re],
  ["string", system.string],
  ["sys", system.sys],
  ["textwrap", system.textwrap],
  ["time", system.time],
  ["types", system.types],
  ["typing", typing],
  ["typing_extensions", typingExtensions],
  ["warnings", system.warnings],
]);
