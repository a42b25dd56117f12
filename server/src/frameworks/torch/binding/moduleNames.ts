/**
 * The attributes that PyTorch's own modules may have beside those of `torch.nn.Module`, by class: asked for another one, a
 * layer raises AttributeError, on which `getattr` with a default relies. Written by
 * `test/recorders/record_module_names.py`.
 */
const moduleNames: Readonly<Record<string, string>> = {
  AdaptiveAvgPool1d: "extra_repr forward output_size",
  AdaptiveAvgPool2d: "extra_repr forward output_size",
  AdaptiveAvgPool3d: "extra_repr forward output_size",
  AdaptiveLogSoftmaxWithLoss:
    "_get_full_log_prob cutoffs div_value forward head head_bias head_size in_features log_prob n_classes n_clusters predict reset_parameters shortlist_size tail",
  AdaptiveMaxPool1d: "extra_repr forward output_size return_indices",
  AdaptiveMaxPool2d: "extra_repr forward output_size return_indices",
  AdaptiveMaxPool3d: "extra_repr forward output_size return_indices",
  AlphaDropout: "extra_repr forward inplace p",
  AvgPool1d: "ceil_mode count_include_pad extra_repr forward kernel_size padding stride",
  AvgPool2d: "ceil_mode count_include_pad divisor_override extra_repr forward kernel_size padding stride",
  AvgPool3d: "ceil_mode count_include_pad divisor_override extra_repr forward kernel_size padding stride",
  BCELoss: "forward reduction weight",
  BCEWithLogitsLoss: "forward pos_weight reduction weight",
  BatchNorm1d:
    "_check_input_dim _load_from_state_dict _version affine bias eps extra_repr forward momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  BatchNorm2d:
    "_check_input_dim _load_from_state_dict _version affine bias eps extra_repr forward momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  BatchNorm3d:
    "_check_input_dim _load_from_state_dict _version affine bias eps extra_repr forward momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  Bilinear: "bias extra_repr forward in1_features in2_features out_features reset_parameters weight",
  CELU: "alpha extra_repr forward inplace",
  CTCLoss: "blank forward reduction zero_infinity",
  ChannelShuffle: "extra_repr forward groups",
  CircularPad1d: "_check_input_dim extra_repr forward padding",
  CircularPad2d: "_check_input_dim extra_repr forward padding",
  CircularPad3d: "_check_input_dim extra_repr forward padding",
  ConstantPad1d: "extra_repr forward padding value",
  ConstantPad2d: "extra_repr forward padding value",
  ConstantPad3d: "extra_repr forward padding value",
  Conv1d:
    "_conv_forward _reversed_padding_repeated_twice bias dilation extra_repr forward groups in_channels kernel_size out_channels output_padding padding padding_mode reset_parameters stride transposed weight",
  Conv2d:
    "_conv_forward _reversed_padding_repeated_twice bias dilation extra_repr forward groups in_channels kernel_size out_channels output_padding padding padding_mode reset_parameters stride transposed weight",
  Conv3d:
    "_conv_forward _reversed_padding_repeated_twice bias dilation extra_repr forward groups in_channels kernel_size out_channels output_padding padding padding_mode reset_parameters stride transposed weight",
  ConvTranspose1d:
    "_conv_forward _output_padding _reversed_padding_repeated_twice bias dilation extra_repr forward groups in_channels kernel_size out_channels output_padding padding padding_mode reset_parameters stride transposed weight",
  ConvTranspose2d:
    "_conv_forward _output_padding _reversed_padding_repeated_twice bias dilation extra_repr forward groups in_channels kernel_size out_channels output_padding padding padding_mode reset_parameters stride transposed weight",
  ConvTranspose3d:
    "_conv_forward _output_padding _reversed_padding_repeated_twice bias dilation extra_repr forward groups in_channels kernel_size out_channels output_padding padding padding_mode reset_parameters stride transposed weight",
  CosineEmbeddingLoss: "forward margin reduction",
  CosineSimilarity: "dim eps forward",
  CrossEntropyLoss: "forward ignore_index label_smoothing reduction weight",
  CrossMapLRN2d: "alpha beta extra_repr forward k size",
  Dropout: "extra_repr forward inplace p",
  Dropout1d: "extra_repr forward inplace p",
  Dropout2d: "extra_repr forward inplace p",
  Dropout3d: "extra_repr forward inplace p",
  ELU: "alpha extra_repr forward inplace",
  Embedding:
    "_fill_padding_idx_with_zero embedding_dim extra_repr forward freeze from_pretrained max_norm norm_type num_embeddings padding_idx reset_parameters scale_grad_by_freq sparse weight",
  EmbeddingBag:
    "_fill_padding_idx_with_zero embedding_dim extra_repr forward from_pretrained include_last_offset max_norm mode norm_type num_embeddings padding_idx requires_grad reset_parameters scale_grad_by_freq sparse weight",
  FeatureAlphaDropout: "extra_repr forward inplace p",
  Flatten: "end_dim extra_repr forward start_dim",
  Fold: "dilation extra_repr forward kernel_size output_size padding stride",
  FractionalMaxPool2d: "forward kernel_size output_ratio output_size return_indices",
  FractionalMaxPool3d: "forward kernel_size output_ratio output_size return_indices",
  GELU: "approximate extra_repr forward",
  GLU: "dim extra_repr forward",
  GRU: "_all_weights _apply _flat_weight_refs _flat_weights _flat_weights_names _init_flat_weights _replicate_for_data_parallel _update_flat_weights _weights_have_changed all_weights batch_first bias bidirectional check_forward_args check_hidden_size check_input dropout extra_repr flatten_parameters forward get_expected_hidden_size hidden_size input_size mode num_layers permute_hidden proj_size reset_parameters",
  GRUCell: "bias bias_hh bias_ih extra_repr forward hidden_size input_size reset_parameters weight_hh weight_ih",
  GaussianNLLLoss: "eps forward full reduction",
  GroupNorm: "affine bias eps extra_repr forward num_channels num_groups reset_parameters weight",
  Hardshrink: "extra_repr forward lambd",
  Hardsigmoid: "forward inplace",
  Hardswish: "forward inplace",
  Hardtanh: "extra_repr forward inplace max_val min_val",
  HingeEmbeddingLoss: "forward margin reduction",
  HuberLoss: "delta forward reduction",
  Identity: "forward",
  InstanceNorm1d:
    "_apply_instance_norm _check_input_dim _get_no_batch_dim _handle_no_batch_input _load_from_state_dict _version affine bias eps extra_repr forward momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  InstanceNorm2d:
    "_apply_instance_norm _check_input_dim _get_no_batch_dim _handle_no_batch_input _load_from_state_dict _version affine bias eps extra_repr forward momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  InstanceNorm3d:
    "_apply_instance_norm _check_input_dim _get_no_batch_dim _handle_no_batch_input _load_from_state_dict _version affine bias eps extra_repr forward momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  KLDivLoss: "forward log_target reduction",
  L1Loss: "forward reduction",
  LPPool1d: "ceil_mode extra_repr forward kernel_size norm_type stride",
  LPPool2d: "ceil_mode extra_repr forward kernel_size norm_type stride",
  LPPool3d: "ceil_mode extra_repr forward kernel_size norm_type stride",
  LSTM: "_all_weights _apply _flat_weight_refs _flat_weights _flat_weights_names _init_flat_weights _replicate_for_data_parallel _update_flat_weights _weights_have_changed all_weights batch_first bias bidirectional check_forward_args check_hidden_size check_input dropout extra_repr flatten_parameters forward get_expected_cell_size get_expected_hidden_size hidden_size input_size mode num_layers permute_hidden proj_size reset_parameters",
  LSTMCell: "bias bias_hh bias_ih extra_repr forward hidden_size input_size reset_parameters weight_hh weight_ih",
  LayerNorm: "bias elementwise_affine eps extra_repr forward normalized_shape reset_parameters weight",
  LazyBatchNorm1d:
    "_check_input_dim _infer_parameters _initialize_hook _lazy_load_hook _load_from_state_dict _load_hook _replicate_for_data_parallel _save_to_state_dict _version affine bias cls_to_become eps extra_repr forward has_uninitialized_params initialize_parameters momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  LazyBatchNorm2d:
    "_check_input_dim _infer_parameters _initialize_hook _lazy_load_hook _load_from_state_dict _load_hook _replicate_for_data_parallel _save_to_state_dict _version affine bias cls_to_become eps extra_repr forward has_uninitialized_params initialize_parameters momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  LazyBatchNorm3d:
    "_check_input_dim _infer_parameters _initialize_hook _lazy_load_hook _load_from_state_dict _load_hook _replicate_for_data_parallel _save_to_state_dict _version affine bias cls_to_become eps extra_repr forward has_uninitialized_params initialize_parameters momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  LazyConv1d:
    "_conv_forward _get_in_channels _get_num_spatial_dims _infer_parameters _initialize_hook _lazy_load_hook _load_hook _replicate_for_data_parallel _reversed_padding_repeated_twice _save_to_state_dict bias cls_to_become dilation extra_repr forward groups has_uninitialized_params in_channels initialize_parameters kernel_size out_channels output_padding padding padding_mode reset_parameters stride transposed weight",
  LazyConv2d:
    "_conv_forward _get_in_channels _get_num_spatial_dims _infer_parameters _initialize_hook _lazy_load_hook _load_hook _replicate_for_data_parallel _reversed_padding_repeated_twice _save_to_state_dict bias cls_to_become dilation extra_repr forward groups has_uninitialized_params in_channels initialize_parameters kernel_size out_channels output_padding padding padding_mode reset_parameters stride transposed weight",
  LazyConv3d:
    "_conv_forward _get_in_channels _get_num_spatial_dims _infer_parameters _initialize_hook _lazy_load_hook _load_hook _replicate_for_data_parallel _reversed_padding_repeated_twice _save_to_state_dict bias cls_to_become dilation extra_repr forward groups has_uninitialized_params in_channels initialize_parameters kernel_size out_channels output_padding padding padding_mode reset_parameters stride transposed weight",
  LazyConvTranspose1d:
    "_conv_forward _get_in_channels _get_num_spatial_dims _infer_parameters _initialize_hook _lazy_load_hook _load_hook _output_padding _replicate_for_data_parallel _reversed_padding_repeated_twice _save_to_state_dict bias cls_to_become dilation extra_repr forward groups has_uninitialized_params in_channels initialize_parameters kernel_size out_channels output_padding padding padding_mode reset_parameters stride transposed weight",
  LazyConvTranspose2d:
    "_conv_forward _get_in_channels _get_num_spatial_dims _infer_parameters _initialize_hook _lazy_load_hook _load_hook _output_padding _replicate_for_data_parallel _reversed_padding_repeated_twice _save_to_state_dict bias cls_to_become dilation extra_repr forward groups has_uninitialized_params in_channels initialize_parameters kernel_size out_channels output_padding padding padding_mode reset_parameters stride transposed weight",
  LazyConvTranspose3d:
    "_conv_forward _get_in_channels _get_num_spatial_dims _infer_parameters _initialize_hook _lazy_load_hook _load_hook _output_padding _replicate_for_data_parallel _reversed_padding_repeated_twice _save_to_state_dict bias cls_to_become dilation extra_repr forward groups has_uninitialized_params in_channels initialize_parameters kernel_size out_channels output_padding padding padding_mode reset_parameters stride transposed weight",
  LazyInstanceNorm1d:
    "_apply_instance_norm _check_input_dim _get_no_batch_dim _handle_no_batch_input _infer_parameters _initialize_hook _lazy_load_hook _load_from_state_dict _load_hook _replicate_for_data_parallel _save_to_state_dict _version affine bias cls_to_become eps extra_repr forward has_uninitialized_params initialize_parameters momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  LazyInstanceNorm2d:
    "_apply_instance_norm _check_input_dim _get_no_batch_dim _handle_no_batch_input _infer_parameters _initialize_hook _lazy_load_hook _load_from_state_dict _load_hook _replicate_for_data_parallel _save_to_state_dict _version affine bias cls_to_become eps extra_repr forward has_uninitialized_params initialize_parameters momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  LazyInstanceNorm3d:
    "_apply_instance_norm _check_input_dim _get_no_batch_dim _handle_no_batch_input _infer_parameters _initialize_hook _lazy_load_hook _load_from_state_dict _load_hook _replicate_for_data_parallel _save_to_state_dict _version affine bias cls_to_become eps extra_repr forward has_uninitialized_params initialize_parameters momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  LazyLinear:
    "_infer_parameters _initialize_hook _lazy_load_hook _load_hook _replicate_for_data_parallel _save_to_state_dict bias cls_to_become extra_repr forward has_uninitialized_params in_features initialize_parameters out_features reset_parameters weight",
  LeakyReLU: "extra_repr forward inplace negative_slope",
  Linear: "bias extra_repr forward in_features out_features reset_parameters weight",
  LinearCrossEntropyLoss:
    "extra_repr forward ignore_index label_smoothing linear num_classes options out_features reduction weight",
  LocalResponseNorm: "alpha beta extra_repr forward k size",
  LogSigmoid: "forward",
  LogSoftmax: "dim extra_repr forward",
  MSELoss: "forward reduction",
  MarginRankingLoss: "forward margin reduction",
  MaxPool1d: "ceil_mode dilation extra_repr forward kernel_size padding return_indices stride",
  MaxPool2d: "ceil_mode dilation extra_repr forward kernel_size padding return_indices stride",
  MaxPool3d: "ceil_mode dilation extra_repr forward kernel_size padding return_indices stride",
  MaxUnpool1d: "extra_repr forward kernel_size padding stride",
  MaxUnpool2d: "extra_repr forward kernel_size padding stride",
  MaxUnpool3d: "extra_repr forward kernel_size padding stride",
  Mish: "extra_repr forward inplace",
  ModuleDict: "_modules clear items keys pop update values",
  ModuleList: "_get_abs_string_index _modules append extend insert pop",
  MultiLabelMarginLoss: "forward reduction",
  MultiLabelSoftMarginLoss: "forward reduction weight",
  MultiMarginLoss: "forward margin p reduction weight",
  MultiheadAttention:
    "_qkv_same_embed_dim _reset_parameters add_zero_attn batch_first bias_k bias_v dropout embed_dim forward head_dim in_proj_bias in_proj_weight k_proj_weight kdim merge_masks num_heads out_proj q_proj_weight v_proj_weight vdim",
  NLLLoss: "forward ignore_index reduction weight",
  NLLLoss2d: "forward ignore_index reduction weight",
  NonDynamicallyQuantizableLinear: "bias extra_repr forward in_features out_features reset_parameters weight",
  PReLU: "extra_repr forward init num_parameters reset_parameters weight",
  PairwiseDistance: "eps forward keepdim norm",
  ParameterDict:
    "_key_to_attr _keys clear copy extra_repr fromkeys get items keys pop popitem setdefault update values",
  ParameterList: "_get_abs_string_index _size append extend extra_repr",
  PixelShuffle: "extra_repr forward upscale_factor",
  PixelUnshuffle: "downscale_factor extra_repr forward",
  PoissonNLLLoss: "eps forward full log_input reduction",
  RMSNorm: "elementwise_affine eps extra_repr forward normalized_shape reset_parameters weight",
  RNN: "_all_weights _apply _flat_weight_refs _flat_weights _flat_weights_names _init_flat_weights _replicate_for_data_parallel _update_flat_weights _weights_have_changed all_weights batch_first bias bidirectional check_forward_args check_hidden_size check_input dropout extra_repr flatten_parameters forward get_expected_hidden_size hidden_size input_size mode nonlinearity num_layers permute_hidden proj_size reset_parameters",
  RNNBase:
    "_all_weights _apply _flat_weight_refs _flat_weights _flat_weights_names _init_flat_weights _replicate_for_data_parallel _update_flat_weights _weights_have_changed all_weights batch_first bias bidirectional check_forward_args check_hidden_size check_input dropout extra_repr flatten_parameters get_expected_hidden_size hidden_size input_size mode num_layers permute_hidden proj_size reset_parameters",
  RNNCell:
    "bias bias_hh bias_ih extra_repr forward hidden_size input_size nonlinearity reset_parameters weight_hh weight_ih",
  RNNCellBase: "bias bias_hh bias_ih extra_repr hidden_size input_size reset_parameters weight_hh weight_ih",
  RReLU: "extra_repr forward inplace lower upper",
  ReLU: "extra_repr forward inplace",
  ReLU6: "extra_repr forward inplace max_val min_val",
  ReflectionPad1d: "extra_repr forward padding",
  ReflectionPad2d: "extra_repr forward padding",
  ReflectionPad3d: "extra_repr forward padding",
  ReplicationPad1d: "extra_repr forward padding",
  ReplicationPad2d: "extra_repr forward padding",
  ReplicationPad3d: "extra_repr forward padding",
  SELU: "extra_repr forward inplace",
  Sequential: "_get_item_by_idx _modules append extend forward insert pop",
  SiLU: "extra_repr forward inplace",
  Sigmoid: "forward",
  SmoothL1Loss: "beta forward reduction",
  SoftMarginLoss: "forward reduction",
  Softmax: "dim extra_repr forward",
  Softmax2d: "forward",
  Softmin: "dim extra_repr forward",
  Softplus: "beta extra_repr forward threshold",
  Softshrink: "extra_repr forward lambd",
  Softsign: "forward",
  SyncBatchNorm:
    "_check_input_dim _check_non_zero_input_channels _load_from_state_dict _version affine bias convert_sync_batchnorm eps extra_repr forward momentum num_batches_tracked num_features process_group qconfig reset_parameters reset_running_stats running_mean running_var track_running_stats training weight",
  Tanh: "forward",
  Tanhshrink: "forward",
  Threshold: "extra_repr forward inplace threshold value",
  Transformer: "_reset_parameters batch_first d_model decoder encoder forward generate_square_subsequent_mask nhead",
  TransformerDecoder: "forward layers norm num_layers",
  TransformerDecoderLayer:
    "_ff_block _mha_block _sa_block activation dropout dropout1 dropout2 dropout3 forward linear1 linear2 multihead_attn norm1 norm2 norm3 norm_first self_attn",
  TransformerEncoder: "enable_nested_tensor forward layers mask_check norm num_layers use_nested_tensor",
  TransformerEncoderLayer:
    "_ff_block _sa_block activation activation_relu_or_gelu dropout dropout1 dropout2 forward linear1 linear2 norm1 norm2 norm_first self_attn",
  TripletMarginLoss: "eps forward margin p reduction swap",
  TripletMarginWithDistanceLoss: "distance_function forward margin reduction swap",
  Unflatten: "_require_tuple_int dim extra_repr forward unflattened_size",
  Unfold: "dilation extra_repr forward kernel_size padding stride",
  Upsample: "align_corners extra_repr forward mode name recompute_scale_factor scale_factor size",
  UpsamplingBilinear2d: "align_corners extra_repr forward mode name recompute_scale_factor scale_factor size",
  UpsamplingNearest2d: "align_corners extra_repr forward mode name recompute_scale_factor scale_factor size",
  ZeroPad1d: "extra_repr forward padding value",
  ZeroPad2d: "extra_repr forward padding value",
  ZeroPad3d: "extra_repr forward padding value",
  _AdaptiveAvgPoolNd: "extra_repr output_size",
  _AdaptiveMaxPoolNd: "extra_repr output_size return_indices",
  _AvgPoolNd: "extra_repr",
  _BatchNorm:
    "_check_input_dim _load_from_state_dict _version affine bias eps extra_repr forward momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  _CircularPadNd: "_check_input_dim extra_repr forward padding",
  _ConstantPadNd: "extra_repr forward padding value",
  _ConvNd:
    "_conv_forward _reversed_padding_repeated_twice bias dilation extra_repr groups in_channels kernel_size out_channels output_padding padding padding_mode reset_parameters stride transposed weight",
  _ConvTransposeMixin:
    "_conv_forward _output_padding _reversed_padding_repeated_twice bias dilation extra_repr groups in_channels kernel_size out_channels output_padding padding padding_mode reset_parameters stride transposed weight",
  _ConvTransposeNd:
    "_conv_forward _output_padding _reversed_padding_repeated_twice bias dilation extra_repr groups in_channels kernel_size out_channels output_padding padding padding_mode reset_parameters stride transposed weight",
  _DropoutNd: "extra_repr inplace p",
  _InstanceNorm:
    "_apply_instance_norm _check_input_dim _get_no_batch_dim _handle_no_batch_input _load_from_state_dict _version affine bias eps extra_repr forward momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  _LPPoolNd: "ceil_mode extra_repr kernel_size norm_type stride",
  _LazyNormBase:
    "_check_input_dim _infer_parameters _initialize_hook _lazy_load_hook _load_from_state_dict _load_hook _replicate_for_data_parallel _save_to_state_dict _version affine bias cls_to_become eps extra_repr has_uninitialized_params initialize_parameters momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  _Loss: "reduction",
  _MaxPoolNd: "ceil_mode dilation extra_repr kernel_size padding return_indices stride",
  _MaxUnpoolNd: "extra_repr",
  _NormBase:
    "_check_input_dim _load_from_state_dict _version affine bias eps extra_repr momentum num_batches_tracked num_features reset_parameters reset_running_stats running_mean running_var track_running_stats weight",
  _ReflectionPadNd: "extra_repr forward padding",
  _ReplicationPadNd: "extra_repr forward padding",
  _WeightedLoss: "reduction weight",
};

/** The names that a class may have. */
export function namesOf(cls: string): ReadonlySet<string> {
  const names = moduleNames[cls];
  return new Set(names === undefined ? [] : names.split(" "));
}
