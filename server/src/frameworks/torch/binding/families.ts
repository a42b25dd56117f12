/**
 * The base classes that PyTorch's layers share, and the module that it defines them in: what `isinstance(m, _BatchNorm)`
 * asks about. They have no rule; a class of one's own that is built on one has parameters that nobody knows.
 */
import { Class, none, Unknown } from "../../../python/values.ts";
import { initModule, method, moduleClass, registry } from "./module.ts";
import { namesOf } from "./moduleNames.ts";

/** The shared base of a layer by its name; `Module` where it has none. */
export function baseOf(layer: string): Class {
  const family = families.findLast(({ members }) => members.test(layer));
  return family ? classOf(family) : moduleClass;
}

/** A base class by its name, or null. */
export function familyClass(name: string): Class | null {
  const family = families.find((each) => each.name === name);
  return family ? classOf(family) : null;
}

interface Family {
  readonly name: string;
  /** The file of `torch.nn.modules`. */
  readonly file: string;
  /** Names of its layers. */
  readonly members: RegExp;
  /** The base that it has itself. */
  readonly base?: string;
}

/** A layer belongs to the last that has it. */
const families: readonly Family[] = [
  { name: "_NormBase", file: "batchnorm", members: /^(Lazy)?(Batch|Instance)Norm\dd$|^SyncBatchNorm$/ },
  { name: "_BatchNorm", file: "batchnorm", members: /^(Lazy)?BatchNorm\dd$|^SyncBatchNorm$/, base: "_NormBase" },
  { name: "_InstanceNorm", file: "instancenorm", members: /^(Lazy)?InstanceNorm\dd$/, base: "_NormBase" },
  { name: "_ConvNd", file: "conv", members: /^(Lazy)?Conv(Transpose)?\dd$/ },
  { name: "_ConvTransposeNd", file: "conv", members: /^(Lazy)?ConvTranspose\dd$/, base: "_ConvNd" },
  { name: "_DropoutNd", file: "dropout", members: /^(Feature)?(Alpha)?Dropout(\dd)?$/ },
  { name: "_MaxPoolNd", file: "pooling", members: /^MaxPool\dd$/ },
  { name: "_AvgPoolNd", file: "pooling", members: /^AvgPool\dd$/ },
  { name: "_LPPoolNd", file: "pooling", members: /^LPPool\dd$/ },
  { name: "_MaxUnpoolNd", file: "pooling", members: /^MaxUnpool\dd$/ },
  { name: "_AdaptiveAvgPoolNd", file: "pooling", members: /^AdaptiveAvgPool\dd$/ },
  { name: "_AdaptiveMaxPoolNd", file: "pooling", members: /^AdaptiveMaxPool\dd$/ },
  { name: "_ConstantPadNd", file: "padding", members: /^(Constant|Zero)Pad\dd$/ },
  { name: "_ReflectionPadNd", file: "padding", members: /^ReflectionPad\dd$/ },
  { name: "_ReplicationPadNd", file: "padding", members: /^ReplicationPad\dd$/ },
  { name: "_CircularPadNd", file: "padding", members: /^CircularPad\dd$/ },
  { name: "_Loss", file: "loss", members: /Loss(2d)?$/ },
  {
    name: "_WeightedLoss",
    file: "loss",
    members: /^(BCE|CrossEntropy|MultiLabelSoftMargin|MultiMargin|NLL)Loss(2d)?$/,
    base: "_Loss",
  },
];

const classes = new Map<string, Class>();

function classOf({ name, file, base }: Family): Class {
  const known = classes.get(name);
  if (known) return known;
  const bases = [(base === undefined ? null : familyClass(base)) ?? moduleClass];
  const cls = new Class({ name, module: `torch.nn.modules.${file}`, bases, partial: namesOf(name) });
  method(cls, "__init__", (_it, self) => {
    initModule(self);
    const parameters = registry(self, "_parameters");
    if (parameters) parameters.lost = new Unknown(`what ${name} registers is not known`);
    return none;
  });
  classes.set(name, cls);
  return cls;
}
