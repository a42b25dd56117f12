/** `contextlib`: context managers made of generators, and the few that code uses ready-made. */
import { getAttribute } from "../attributes.ts";
import { defineMethod } from "../builtins/define.ts";
import { nextOf } from "../builtins/iteration.ts";
import { call } from "../call.ts";
import { Raised } from "../errors.ts";
import type { Interpreter } from "../interpreter.ts";
import { truth } from "../truth.ts";
import { bool, Instance, Native, none, Unknown, type Value } from "../values.ts";
import { classIn, moduleOf } from "./define.ts";
import { inPython } from "./prelude/index.ts";

const generatorManager = classIn("contextlib", "_GeneratorContextManager");

defineMethod(generatorManager, "__enter__", (it, [self]) => {
  const generator = self?.kind === "instance" ? self.attrs.get("gen") : undefined;
  return generator ? nextOf(it, generator) : none;
});
defineMethod(generatorManager, "__exit__", (it, [self, , exception = none]) => {
  const generator = self?.kind === "instance" ? self.attrs.get("gen") : undefined;
  if (generator?.kind !== "iterator") return none;
  if (exception.kind !== "instance") {
    nextOf(it, generator, none);
    return none;
  }
  if (!generator.source.throw) return new Unknown("what a generator does with an exception");
  return bool(swallows(it, () => generator.source.throw?.(new Raised(exception)), exception));
});
/** As a decorator, each call of the function runs within a manager of its own. */
defineMethod(generatorManager, "__call__", (_it, [self, fn = none]) => {
  const make = self?.kind === "instance" ? self.attrs.get("make") : undefined;
  if (!make) return fn;
  return new Native("inner", (it, args, keywords) => {
    const manager = call(it, make, []);
    call(it, getAttribute(it, manager, "__enter__"), []);
    let result: Value;
    try {
      result = call(it, fn, args, keywords);
    } catch (problem) {
      if (!(problem instanceof Raised)) throw problem;
      const { exception } = problem;
      const left = call(it, getAttribute(it, manager, "__exit__"), [exception.cls, exception, none]);
      if (truth(it, left) === true) return none;
      throw problem;
    }
    call(it, getAttribute(it, manager, "__exit__"), [none, none, none]);
    return result;
  });
});

/** Whether the generator goes on to its end when `exception` is raised in it. */
function swallows(it: Interpreter, run: () => unknown, exception: Instance): boolean {
  const { frame } = it;
  try {
    run();
    return true;
  } catch (problem) {
    it.frame = frame;
    if (problem instanceof Raised && problem.exception === exception) return false;
    throw problem;
  }
}

function contextManager(fn: Value): Native {
  const make = new Native("contextmanager", (it, args, keywords) => {
    const manager = new Instance(generatorManager, it.site());
    manager.attrs.set("gen", call(it, fn, args, keywords));
    manager.attrs.set("make", new Native("make", (inner) => call(inner, make, args, keywords), false));
    return manager;
  });
  make.attrs = new Map([["__wrapped__", fn]]);
  return make;
}

const nullClass = classIn("contextlib", "nullcontext");
defineMethod(nullClass, "__init__", (_it, [self, result = none], keywords) => {
  if (self?.kind === "instance") self.set("enter_result", keywords.get("enter_result") ?? result);
  return none;
});
defineMethod(nullClass, "__enter__", (it, [self = none]) => getAttribute(it, self, "enter_result"));
defineMethod(nullClass, "__exit__", () => none);

const suppressClass = classIn("contextlib", "suppress");
defineMethod(suppressClass, "__init__", (_it, [self, ...types]) => {
  if (self?.kind === "instance") types.forEach((type, i) => void self.set(`${i}`, type));
  return none;
});
defineMethod(suppressClass, "__enter__", () => none);
defineMethod(suppressClass, "__exit__", (_it, [self, type]) => {
  if (self?.kind !== "instance" || type?.kind !== "class") return none;
  const types = [...self.attrs.values()];
  if (types.some((each) => each.kind === "class" && type.isSubclassOf(each))) return bool(true);
  return types.some((each) => each.kind === "unknown") ? new Unknown("which exceptions are suppressed") : bool(false);
});

const closingClass = classIn("contextlib", "closing");
defineMethod(closingClass, "__init__", (_it, [self, thing = none]) => {
  if (self?.kind === "instance") self.set("thing", thing);
  return none;
});
defineMethod(closingClass, "__enter__", (it, [self = none]) => getAttribute(it, self, "thing"));
defineMethod(closingClass, "__exit__", (it, [self = none]) => {
  call(it, getAttribute(it, getAttribute(it, self, "thing"), "close"), []);
  return none;
});

/** Base of managers that are their own result. */
const abstractManager = classIn("contextlib", "AbstractContextManager");
defineMethod(abstractManager, "__enter__", (_it, [self = none]) => self);
defineMethod(abstractManager, "__exit__", () => none);

export const contextlib = moduleOf(
  "contextlib",
  {
    contextmanager: (_it, [fn = none]) => contextManager(fn),
    nullcontext: nullClass,
    suppress: suppressClass,
    closing: closingClass,
    AbstractContextManager: abstractManager,
  },
  inPython("contextlib"),
);
