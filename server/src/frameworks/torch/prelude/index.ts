/**
 * The layers that PyTorch makes of other layers, written in Python of our own and read by the interpreter like user
 * code, so that module tree, parameter names and shapes follow.
 */
import { source as adaptive } from "./adaptive.ts";
import { source as assertion } from "./assertion.ts";
import { source as attention } from "./attention.ts";
import { source as container } from "./container.ts";
import { source as data } from "./data.ts";
import { functions as einopsFunctions, layers as einopsLayers } from "./einops.ts";
import { source as graph } from "./fx/graph.ts";
import { source as graphModule } from "./fx/graphModule.ts";
import { source as interpreter } from "./fx/interpreter.ts";
import { source as node } from "./fx/node.ts";
import { source as proxy } from "./fx/proxy.ts";
import { source as tracer } from "./fx/tracer.ts";
import { source as linear } from "./linear.ts";
import { source as loss } from "./loss.ts";
import { dataParallel, distributedDataParallel } from "./parallel.ts";
import { convenience, fusion, parametrizations, parametrize, prune } from "./parametrize.ts";
import { functional, stubs } from "./quantized.ts";
import { source as refusal } from "./refusal.ts";
import { source as rnn } from "./rnn.ts";
import { source as transformer } from "./transformer.ts";
import { source as tuples } from "./tuples.ts";

export interface Prelude {
  /** The Python module that PyTorch defines the names in. */
  readonly module: string;
  /** Its names that are those of another module too, which is where people know them from. */
  readonly exports: readonly string[];
  /** That module; `torch.nn` where nothing is said. */
  readonly exportedBy?: string;
  /** Names of `module` alone. */
  readonly internal?: readonly string[];
  readonly source: string;
}

export const preludes: readonly Prelude[] = [
  { module: "torch._assertion", exports: ["_assert"], exportedBy: "torch", source: assertion },
  { module: "torch._refusal", exports: ["refuse"], exportedBy: "torch._refusal", source: refusal },
  {
    module: "torch.nn.modules.linear",
    exports: ["Identity"],
    internal: ["NonDynamicallyQuantizableLinear"],
    source: linear,
  },
  { module: "torch.nn.modules.container", exports: ["Container"], source: container },
  { module: "torch.nn.modules.activation", exports: ["MultiheadAttention"], source: attention },
  {
    module: "torch.nn.modules.transformer",
    exports: [
      "TransformerEncoderLayer",
      "TransformerDecoderLayer",
      "TransformerEncoder",
      "TransformerDecoder",
      "Transformer",
    ],
    source: transformer,
  },
  { module: "torch.nn.modules.adaptive", exports: ["AdaptiveLogSoftmaxWithLoss"], source: adaptive },
  {
    module: "torch.nn.modules.loss",
    exports: ["TripletMarginWithDistanceLoss", "LinearCrossEntropyLoss"],
    source: loss,
  },
  {
    module: "torch.nn.utils.rnn",
    exports: [
      "PackedSequence",
      "invert_permutation",
      "pack_padded_sequence",
      "pack_sequence",
      "pad_packed_sequence",
      "pad_sequence",
      "unpack_sequence",
      "unpad_sequence",
    ],
    exportedBy: "torch.nn.utils.rnn",
    source: rnn,
  },
  ...[
    {
      module: "torch.nn.utils.parametrize",
      exports: [
        "ParametrizationList",
        "cached",
        "is_parametrized",
        "register_parametrization",
        "remove_parametrizations",
        "type_before_parametrizations",
      ],
      source: parametrize,
    },
    {
      module: "torch.nn.utils.parametrizations",
      exports: ["orthogonal", "spectral_norm", "weight_norm"],
      source: parametrizations,
    },
    {
      module: "torch.nn.utils.prune",
      exports: [
        "BasePruningMethod",
        "L1Unstructured",
        "RandomUnstructured",
        "custom_from_mask",
        "global_unstructured",
        "identity",
        "is_pruned",
        "l1_unstructured",
        "ln_structured",
        "random_structured",
        "random_unstructured",
        "remove",
      ],
      source: prune,
    },
    { module: "torch.nn.utils.fusion", exports: ["fuse_conv_bn_eval", "fuse_linear_bn_eval"], source: fusion },
  ].map((prelude) => ({ ...prelude, exportedBy: prelude.module })),
  {
    module: "torch.nn.utils.convert_parameters",
    exports: ["skip_init", "parameters_to_vector", "vector_to_parameters"],
    exportedBy: "torch.nn.utils",
    source: convenience,
  },
  {
    module: "torch.utils.data.dataset",
    exports: ["TensorDataset", "Subset", "random_split"],
    exportedBy: "torch.utils.data",
    source: data,
  },
  ...[
    { module: "torch.fx.node", exports: ["Node", "map_aggregate", "map_arg"], source: node },
    { module: "torch.fx.graph", exports: ["Graph"], source: graph },
    {
      module: "torch.fx.proxy",
      exports: ["Attribute", "GraphAppendingTracer", "ParameterProxy", "Proxy", "TraceError", "TracerBase"],
      source: proxy,
    },
    { module: "torch.fx._symbolic_trace", exports: ["Tracer", "symbolic_trace"], source: tracer },
    {
      module: "torch.fx.graph_module",
      exports: [
        "GraphModule",
        "_CodeOnlyModule",
        "_USER_PRESERVED_ATTRIBUTES_KEY",
        "_assign_attr",
        "_copy_attr",
        "_get_attr",
      ],
      source: graphModule,
    },
    { module: "torch.fx.interpreter", exports: ["Interpreter"], source: interpreter },
  ].map((prelude) => ({ ...prelude, exportedBy: prelude.module })),
  { module: "torch.nn.parallel.data_parallel", exports: ["DataParallel"], source: dataParallel },
  {
    module: "torch.nn.parallel.distributed",
    exports: ["DistributedDataParallel"],
    source: distributedDataParallel,
  },
  {
    module: "torch.nn.modules.utils",
    exports: [],
    internal: ["_ntuple", "_single", "_pair", "_triple", "_quadruple", "_reverse_repeat_tuple"],
    source: tuples,
  },
  {
    module: "torch.ao.nn.quantized.modules.functional_modules",
    exports: ["FloatFunctional"],
    exportedBy: "torch.ao.nn.quantized",
    source: functional,
  },
  {
    module: "torch.ao.quantization.stubs",
    exports: ["QuantStub", "DeQuantStub", "QuantWrapper"],
    exportedBy: "torch.ao.quantization",
    source: stubs,
  },
  {
    module: "einops.packing",
    exports: ["asnumpy", "einsum", "pack", "parse_shape", "unpack"],
    exportedBy: "einops",
    source: einopsFunctions,
  },
  {
    module: "einops.layers.torch",
    exports: ["EinMix", "Rearrange", "Reduce"],
    exportedBy: "einops.layers.torch",
    source: einopsLayers,
  },
];
