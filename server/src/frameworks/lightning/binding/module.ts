/**
 * PyTorch Lightning: its base classes, for the projects that are read where it is not installed, too. A LightningModule
 * is an `nn.Module` that registers nothing of its own; what its trainer does is not known before the program runs.
 */
import type { Interpreter } from "../../../python/interpreter.ts";
import { itemsOf } from "../../../python/iterate.ts";
import type { NativeModules } from "../../../python/modules.ts";
import { dictClass, objectClass } from "../../../python/types.ts";
import {
  Class,
  Descriptor,
  Dict,
  False,
  type Instance,
  type Keywords,
  Module,
  Native,
  none,
  str,
  True,
  Unknown,
  type Value,
} from "../../../python/values.ts";
import { method, moduleClass, namedTensors, setTraining } from "../../torch/binding/module.ts";
import { device } from "../../torch/binding/values.ts";

const moduleName = "pytorch_lightning";

const lightningModule = new Class({
  name: "LightningModule",
  module: moduleName,
  bases: [moduleClass],
  partial: true,
});
const dataModule = new Class({ name: "LightningDataModule", module: moduleName, bases: [objectClass], partial: true });
const hyperparametersClass = new Class({ name: "AttributeDict", module: moduleName, bases: [dictClass] });

// ── hyperparameters ──────────────────────────────────────────────────────────────────────────────────────────────────

hyperparametersClass.dict.set(
  "__getattr__",
  new Native("__getattr__", (it, [self, name]) => {
    const found = self?.kind === "dict" && name?.kind === "str" ? self.get(name.value) : undefined;
    if (found) return found;
    if (self?.kind === "dict" && self.lost) return new Unknown(self.lost.why);
    return it.raise("AttributeError", `Missing attribute "${name?.kind === "str" ? name.value : ""}"`);
  }),
);
hyperparametersClass.dict.set(
  "__setattr__",
  new Native("__setattr__", (_it, [self, name, value = none]) => {
    if (self?.kind === "dict" && name?.kind === "str") self.set(name.value, value);
    return none;
  }),
);

/** `save_hyperparameters()` keeps what `__init__` was called with: all of it, or the names that are given. */
function saveHyperparameters(it: Interpreter, self: Instance, args: readonly Value[], keywords: Keywords): Value {
  const kept = hyperparametersOf(self) ?? new Dict(new Map(), hyperparametersClass);
  const names = namesOf(it, args);
  const ignored = namesOf(it, keywords.has("ignore") ? [keywords.get("ignore") ?? none] : []);
  const given = initArguments(it, self);
  kept.touch();
  if (names === null || ignored === null || given === null) {
    kept.lost ??= new Unknown("which hyperparameters are saved is not known");
  } else {
    for (const [name, value] of given) {
      if ((names.length === 0 || names.includes(name)) && !ignored.includes(name)) kept.set(name, value);
    }
  }
  self.set("_hparams", kept);
  return none;
}

function hyperparametersOf(self: Instance): Dict | null {
  const kept = self.attrs.get("_hparams");
  return kept?.kind === "dict" ? kept : null;
}

/** Texts of arguments, each a name or a sequence of names; null where they are not known. */
function namesOf(it: Interpreter, values: readonly Value[]): string[] | null {
  const names: string[] = [];
  for (const value of values) {
    const items = value.kind === "str" ? [value] : itemsOf(it, value);
    if (items instanceof Unknown || items.some((item) => item.kind !== "str")) return null;
    for (const item of items) if (item.kind === "str") names.push(item.value);
  }
  return names;
}

/** What the constructors that are running for `self` were called with; the outermost class wins. */
function initArguments(it: Interpreter, self: Instance): Map<string, Value> | null {
  const given = new Map<string, Value>();
  for (let frame = it.frame; frame; frame = frame.caller) {
    const { func, scope } = frame;
    const first = func?.params.positional[0];
    if (func?.name !== "__init__" || !first || scope.vars.get(first.name) !== self) continue;
    const { positional, keywordOnly, kwarg } = func.params;
    for (const { name } of [...positional.slice(1), ...keywordOnly]) {
      const value = scope.vars.get(name);
      if (value) given.set(name, value);
    }
    const more = kwarg ? scope.vars.get(kwarg.name) : undefined;
    if (more?.kind === "dict") {
      if (more.lost) return null;
      for (const { key, value } of more.entries.values()) if (key.kind === "str") given.set(key.value, value);
    }
  }
  return given;
}

for (const cls of [lightningModule, dataModule]) {
  method(cls, "save_hyperparameters", saveHyperparameters);
  cls.dict.set(
    "hparams",
    new Descriptor(
      "property",
      new Native("hparams", (_it, [self]) => {
        if (self?.kind !== "instance") return new Unknown("the hyperparameters are not known");
        const kept = hyperparametersOf(self) ?? new Dict(new Map(), hyperparametersClass);
        if (!self.attrs.has("_hparams")) self.set("_hparams", kept);
        return kept;
      }),
    ),
  );
}
dataModule.dict.set("__init__", new Native("__init__", () => none));

// ── what a module has beside ─────────────────────────────────────────────────────────────────────────────────────────

for (const name of [
  "log",
  "log_dict",
  "print",
  "manual_backward",
  "toggle_optimizer",
  "untoggle_optimizer",
  "clip_gradients",
  "on_fit_start",
  "on_train_start",
  "on_train_epoch_start",
  "on_train_epoch_end",
  "on_validation_epoch_end",
  "setup",
  "configure_model",
  "prepare_data",
]) {
  method(lightningModule, name, () => none);
}
/** The trainer sets these while it runs. */
const settable = new Native("set", () => none);
const running = (name: string): Unknown =>
  new Unknown(`${name} is not known before the program runs`, { name: `self.${name}`, plain: true });
for (const name of [
  "trainer",
  "logger",
  "loggers",
  "fabric",
  "current_epoch",
  "global_step",
  "global_rank",
  "local_rank",
]) {
  lightningModule.dict.set(name, new Descriptor("property", new Native(name, () => running(name)), settable));
}
lightningModule.dict.set("device", new Descriptor("property", new Native("device", () => device), settable));
for (const [name, trainable] of [
  ["freeze", false],
  ["unfreeze", true],
] as const) {
  method(lightningModule, name, (_it, self) => {
    for (const [, tensor] of namedTensors(self, "_parameters")) tensor.setRequiresGrad(trainable);
    setTraining(self, trainable ? True : False);
    return none;
  });
}
/** A checkpoint keeps the hyperparameters, which are not known; what is given wins over them. */
lightningModule.dict.set(
  "load_from_checkpoint",
  new Descriptor(
    "class",
    new Native("load_from_checkpoint", () => new Unknown("what a checkpoint was built with is not known")),
  ),
);

// ── modules ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const names: Readonly<Record<string, Value>> = {
  LightningModule: lightningModule,
  LightningDataModule: dataModule,
  seed_everything: new Native("seed_everything", (_it, [seed = none]) => seed, false),
};

function library(name: string): Module {
  const module = new Module(name, {
    fallback: (attribute, it) => {
      if (Object.hasOwn(names, attribute)) return names[attribute] ?? null;
      if (attribute.startsWith("__")) return null;
      const inner = `${name}.${attribute}`;
      if (lightningModules.has(inner)) {
        const found = it.loader.load(it, inner, null);
        return found.kind === "module" ? found : null;
      }
      return new Unknown(`${inner} is not known before the program runs`, { name: inner });
    },
  });
  module.scope.vars.set("__name__", str(name));
  return module;
}

const roots = ["pytorch_lightning", "lightning", "lightning.pytorch"];
/** Lightning's modules by dotted name. */
export const lightningModules: NativeModules = new Map(
  roots
    .flatMap((root) => [
      root,
      ...["callbacks", "loggers", "strategies", "utilities", "core", "profilers"].map((part) => `${root}.${part}`),
    ])
    .map((name): [string, () => Module] => [name, () => library(name)]),
);
