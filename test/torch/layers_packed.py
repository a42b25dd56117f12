"""Random calls with packed sequences, as Python source, for layers_composed.py."""


def packed(chance):
    kind = chance.choice(["RNN", "LSTM", "GRU"])
    features, hidden, batch = chance.randint(1, 5), chance.randint(2, 6), chance.randint(1, 4)
    lengths = [chance.randint(1, 6) for _ in range(batch)]
    is_sorted = chance.random() < 0.6
    if is_sorted:
        lengths.sort(reverse=True)
    batch_first = chance.random() < 0.5
    options = []
    if chance.random() < 0.4:
        options.append(f"num_layers={chance.randint(1, 3)}")
    if chance.random() < 0.4:
        options.append("bidirectional=True")
    if chance.random() < 0.3:
        options.append("batch_first=True")
    if kind == "LSTM" and chance.random() < 0.3:
        options.append(f"proj_size={chance.randint(1, hidden - 1)}")
    given = features + (chance.random() < 0.07)
    build = f"nn.{kind}({', '.join([str(given), str(hidden), *options])})"
    sequence = chance.choice([padded, listed, whole])(chance, features, lengths, batch_first, is_sorted)
    ways = [
        f"layer({sequence})",
        f"rnn.pad_packed_sequence(layer({sequence})[0]{unpadding(chance, lengths)})",
        f"layer({sequence})[1]",
        f"{sequence}.data",
        f"{sequence}.batch_sizes",
        f"rnn.unpack_sequence({sequence})" if chance.random() < 0.3 else f"layer({sequence})[0].data",
        f"tuple({sequence})",
        f"[part for part in [*{sequence}][:2]]",
    ]
    if kind != "LSTM":
        layers = next((int(option[-1]) for option in options if option.startswith("num_layers")), 1)
        directions = 2 if "bidirectional=True" in options else 1
        rows = batch + (chance.random() < 0.15)
        ways.append(f"layer({sequence}, torch.rand({layers * directions}, {rows}, {hidden}))")
    return build, chance.choice(ways)


def padded(chance, features, lengths, batch_first, is_sorted):
    longest = max(lengths) + chance.choice([0, 0, 0, 1, 2])
    shape = [len(lengths), longest, features] if batch_first else [longest, len(lengths), features]
    given = list(lengths)
    if chance.random() < 0.06:
        given = chance.choice([[*given, 1], [0, *given[1:]]])
    text = str(given) if chance.random() < 0.6 else f"torch.tensor({given})"
    options = []
    if batch_first:
        options.append("batch_first=True")
    if not is_sorted and chance.random() < 0.9:
        options.append("enforce_sorted=False")
    return f"rnn.pack_padded_sequence({', '.join([f'torch.rand({shape})', text, *options])})"


def listed(chance, features, lengths, _batch_first, is_sorted):
    tensors = ", ".join(f"torch.rand({length}, {features})" for length in lengths)
    return f"rnn.pack_sequence([{tensors}]{'' if is_sorted else ', enforce_sorted=False'})"


def whole(chance, features, lengths, batch_first, is_sorted):
    """Padded first, and packed then."""
    tensors = ", ".join(f"torch.rand({length}, {features})" for length in lengths)
    first = ", batch_first=True" if batch_first else ""
    text = f"rnn.pad_sequence([{tensors}]{first}), {lengths}{first}"
    return f"rnn.pack_padded_sequence({text}{'' if is_sorted else ', enforce_sorted=False'})"


def unpadding(chance, lengths):
    options = []
    if chance.random() < 0.5:
        options.append("batch_first=True")
    if chance.random() < 0.3:
        options.append(f"total_length={max(lengths) + chance.choice([0, 1, 3, -1])}")
    return "".join(f", {option}" for option in options)
