// Names that modules can have in a class of Python: identifiers, and none that nn.Module or the language has.

const TAKEN = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from " +
    "global if import in is lambda nonlocal not or pass raise return try while with yield " +
    // What nn.Module has.
    "T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double " +
    "dump_patches eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu " +
    "load_state_dict modules mtia named_buffers named_children named_modules named_parameters parameters " +
    "register_backward_hook register_buffer register_forward_hook register_forward_pre_hook " +
    "register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook " +
    "register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook " +
    "register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule share_memory state_dict to " +
    "to_empty train training type xpu zero_grad"
  ).split(" "),
);

/** For each path of a layer the name of its module: "dense1", "residual1_layers_dense1". */
export function moduleNames(paths: readonly (readonly string[])[]): string[] {
  const used = new Set<string>();
  return paths.map((path) => {
    const plain = path.join("_").replaceAll(/[^A-Za-z0-9_]/g, "_");
    const begun = /^[A-Za-z]/.test(plain) ? plain : `layer_${plain}`;
    const stem = TAKEN.has(begun) ? `${begun}_` : begun;
    let name = stem;
    for (let number = 2; used.has(name); number++) name = `${stem}_${number}`;
    used.add(name);
    return name;
  });
}
