/**
 * Packed sequences in Python, for the interpreter to read like user code:
 * https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.rnn.pack_padded_sequence.html and its siblings.
 *
 * Beside PyTorch's four fields a sequence keeps how many sequences it packs and how long they are, since shapes follow
 * from these where the lengths are data.
 */
export const source = `
import torch
from torch._refusal import refuse


class PackedSequence:
    def __init__(self, data, batch_sizes=None, sorted_indices=None, unsorted_indices=None):
        if unsorted_indices is None:
            unsorted_indices = invert_permutation(sorted_indices)
        self.data = data
        self.batch_sizes = batch_sizes
        self.sorted_indices = sorted_indices
        self.unsorted_indices = unsorted_indices
        self._lengths = None
        if sorted_indices is not None:
            self._count = sorted_indices.size(0)
        elif isinstance(batch_sizes, torch.Tensor):
            self._count = batch_sizes[0].item()
        else:
            self._count = None

    def _fields(self):
        return (self.data, self.batch_sizes, self.sorted_indices, self.unsorted_indices)

    def __iter__(self):
        return iter(self._fields())

    def __getitem__(self, index):
        return self._fields()[index]

    def __len__(self):
        return 4

    def to(self, *args, **kwargs):
        return self._with(self.data.to(*args, **kwargs))

    def cuda(self, *args, **kwargs):
        return self

    def cpu(self):
        return self

    def pin_memory(self):
        return self

    def double(self):
        return self._with(self.data.double())

    def float(self):
        return self._with(self.data.float())

    def half(self):
        return self._with(self.data.half())

    def _replace(self, data):
        return self._with(data)

    def _with(self, data):
        made = PackedSequence(data, self.batch_sizes, self.sorted_indices, self.unsorted_indices)
        made._count = self._count
        made._lengths = self._lengths
        return made


def invert_permutation(permutation):
    return None if permutation is None else torch.empty_like(permutation)


def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    count = input.size(0 if batch_first else 1)
    longest = input.size(1 if batch_first else 0)
    given = lengths if not isinstance(lengths, torch.Tensor) else lengths.tolist()
    if len(given) != count:
        refuse(
            "bad-argument",
            f"pack_padded_sequence expects a length for each of {count} sequences, got {len(given)}",
        )
    if min(given) <= 0:
        refuse("bad-argument", f"pack_padded_sequence expects lengths of 1 or more, got {min(given)}")
    if enforce_sorted and list(given) != sorted(given, reverse=True):
        refuse(
            "bad-argument",
            "pack_padded_sequence expects lengths from long to short, or enforce_sorted=False",
        )
    if max(given) > longest:
        refuse("bad-argument", f"pack_padded_sequence expects lengths of at most {longest}, got {max(given)}")
    order = None if enforce_sorted else torch.empty(count, dtype=torch.int64)
    sizes = torch.empty(max(given), dtype=torch.int64)
    packed = PackedSequence(torch.empty(sum(given), *input.shape[2:], dtype=input.dtype), sizes, order, order)
    packed._count = count
    packed._lengths = lengths
    return packed


def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    length = sequence.batch_sizes.size(0)
    if total_length is not None:
        if total_length < length:
            refuse(
                "bad-argument",
                f"pad_packed_sequence expects a total_length of at least {length}, got {total_length}",
            )
        length = total_length
    count = sequence._count
    lead = (count, length) if batch_first else (length, count)
    padded = torch.empty(*lead, *sequence.data.shape[1:], dtype=sequence.data.dtype)
    if sequence._lengths is None:
        return padded, torch.empty(count, dtype=torch.int64)
    return padded, torch.as_tensor(sequence._lengths)


def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side="right"):
    if isinstance(sequences, torch.Tensor):
        sequences = sequences.unbind(0)
    first = sequences[0]
    for each in sequences:
        if each.shape[1:] != first.shape[1:]:
            refuse(
                "cat-mismatch",
                f"pad_sequence expects the same sizes behind the first, got {tuple(first.shape)} and {tuple(each.shape)}",
            )
    longest = max([each.size(0) for each in sequences])
    lead = (len(sequences), longest) if batch_first else (longest, len(sequences))
    return torch.empty(*lead, *first.shape[1:], dtype=first.dtype)


def unpad_sequence(padded_sequences, lengths, batch_first=False):
    given = lengths.tolist() if isinstance(lengths, torch.Tensor) else lengths
    if not batch_first:
        padded_sequences = padded_sequences.transpose(0, 1)
    return [sequence[:length] for sequence, length in zip(padded_sequences, given)]


def pack_sequence(sequences, enforce_sorted=True):
    lengths = [each.size(0) for each in sequences]
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)


def unpack_sequence(packed_sequences):
    padded, lengths = pad_packed_sequence(packed_sequences, batch_first=True)
    return unpad_sequence(padded, lengths, batch_first=True)
`;
