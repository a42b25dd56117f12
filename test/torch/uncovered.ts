/** The names that have no rule on purpose, each with its reason, for the page of what is covered. */

const reasons: readonly (readonly [modules: RegExp, names: RegExp, why: string])[] = [
  [
    /^torch$|^Tensor$/,
    /sparse|crow_indices|ccol_indices|col_indices|row_indices|^(?:hspmm|hsmm|smm|spmm|dsmm|sspaddmm|saddmm)$|^(?:indices|values)(?:_copy)?$|coalesced/,
    "sparse tensors are not followed",
  ],
  [
    /^torch$|^Tensor$/,
    /quantize|fake_quant|^q_|^qscheme$|fbgemm|int_repr|choose_qparams|empty_quantized/,
    "quantized tensors are not followed",
  ],
  [/functional/, /^scaled_(?:grouped_)?mm$/, "numbers of 8 bits and their scales are not followed"],
  [/^torch$/, /^(?:cudnn|miopen|mkldnn)_/, "a kernel of one kind of machine"],
  [/^torch$/, /^batch_norm_.*(?:elemt|reduce|stats|counts)$/, "a part of batch normalisation over several GPUs"],
  [
    /^Tensor$/,
    /^to_(?:mkldnn|padded_tensor)$|^(?:is_)?(?:ipu|maia|mtia|xla|vulkan|xpu)$|^is_(?:cpu|distributed|pinned|shared|set_to|coalesced)$/,
    "about where a tensor lies",
  ],
  [/^torch$/, /^(?:eig|lstsq|solve|symeig|matrix_rank)$/, "PyTorch has removed it: torch.linalg has another"],
  [/^Tensor$/, /^(?:eig|lstsq|solve|symeig)$/, "PyTorch has removed it: torch.linalg has another"],
  [
    /functional/,
    /^(?:assert_int_or_pair|boolean_dispatch|handle_torch_function|has_torch_function.*)$/,
    "PyTorch's own: it makes no tensor",
  ],
  [/^torch$/, /^(?:vmap|cond|while_loop|wait|fork)$/, "it calls a function of the user by rules of its own"],
  [
    /^torch$/,
    /^sym_(?:constrain.*|fresh_size|ite)$|jit|^parse_|^import_ir|^(?:merge_type|unify_type).*|^get_file_path$|^(?:classproperty|typename|compiled_with_cxx11_abi|init_num_threads|prepare_multiprocessing_environment|profiler_.*|thread_safe_generator|get_device_module)$|autocast_(?:ipu|xla)|_(?:ipu|xla)_/,
    "PyTorch's own: it makes no tensor",
  ],
  [/^torch$/, /^(?:from_dlpack|to_dlpack|from_file)$/, "what comes from elsewhere is not known"],
  [/^torch$|^Tensor$/, /^hash_tensor$/, "numbers of uint64 are not followed"],
  [/^Tensor$/, /^chalf$/, "complex numbers of half precision are not followed"],
  [/^torch$/, /^lobpcg$/, "a solver for large sparse matrices"],
  [/^torch$/, /^native_norm$/, "PyTorch's own, below norm"],
  [/^Tensor$/, /^(?:apply_|map_|map2_)$/, "it calls a function of the user on each number"],
  [
    /^Tensor$/,
    /^(?:const_data_ptr|dense_dim|dim_order|grad_dtype|module_load|name|output_nr|record_stream|reinforce|retains_grad|storage|storage_type|untyped_storage|volatile|is_inference|is_conj|is_neg|sparse_dim|layout)$/,
    "about memory, gradients or the past of PyTorch",
  ],
];

/** Why a name has no rule, or null where it should have one. */
export function whyNot(module: string, name: string): string | null {
  return reasons.find(([modules, names]) => modules.test(module) && names.test(name))?.[2] ?? null;
}
