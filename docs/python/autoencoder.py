"""Encoder and decoder of a model file of Ml.Autoencoders as PyTorch modules, and their weights back into .NET.

    python autoencoder.py digits.zip                     # prints the two modules
    python autoencoder.py digits.zip weights.safetensors # ... and writes their weights for LoadWeights

Needs Python 3.10, torch and safetensors. The zip is what mlContext.Model.Save writes.

What lies beside the two modules is left to the caller, and in the description: pictures are planar; where there is a scaling, the
encoder takes (x - input.offset) / input.scale and the decoder gives what is to be scaled back; a condition is a one-hot label behind
the row and behind the code; the encoder's output is a code as it is, but of a "gaussian" bottleneck it is the mean and then a
number that log_variance makes ln of the variance of, of a "rectified" one negative numbers are 0, of a "vectorQuantized" one each vector stands for the nearest of
codebook.weight, and of a "hyperspherical" one all but the last number are a vector whose direction is the code.
"""

import io
import json
import sys
import zipfile

import torch
from safetensors.torch import load, save_file
from torch import nn
from torch.nn import functional


def log_variance(numbers, bottleneck):
    """The second half of what the encoder of a "gaussian" bottleneck gives, as ln of the variance."""
    bounds = bottleneck.get("logVariance")
    if bounds is None:
        return numbers
    within = numbers.clamp(bounds["least"], bounds["greatest"])
    return within + (numbers - within).asinh()


class Reshape(nn.Module):
    """Rows in another shape; dimensions are None for a vector. A vector holds a sequence, [C, T], step by step."""

    def __init__(self, dimensions):
        super().__init__()
        self.dimensions = dimensions

    def forward(self, rows):
        if rows.dim() == 3:
            rows = rows.transpose(1, 2)
        rows = rows.flatten(1)
        if self.dimensions is None:
            return rows
        if len(self.dimensions) == 2:
            return rows.unflatten(1, self.dimensions[::-1]).transpose(1, 2)
        return rows.unflatten(1, self.dimensions)


class ConditionedReshape(nn.Module):
    """A row with a one-hot label after it, [B, C*H*W + K], as an image or a sequence with a channel for each label."""

    def __init__(self, dimensions, labels):
        super().__init__()
        self.reshape, self.labels = Reshape(dimensions), labels

    def forward(self, rows):
        image = self.reshape(rows[:, : -self.labels])
        planes = rows[:, -self.labels :].reshape(-1, self.labels, *[1] * (image.dim() - 2))
        return torch.cat([image, planes.expand(-1, -1, *image.shape[2:])], dim=1)


class Token(nn.Module):
    """Numbers of classes as one-hot vectors, [B, T] to [B, V + 1, T], with a channel for each label after a row."""

    def __init__(self, steps, classes, labels):
        super().__init__()
        self.steps, self.classes, self.labels = steps, classes, labels

    def forward(self, rows):
        tokens = rows[:, : self.steps]
        known = torch.where((tokens >= 0) & (tokens <= self.classes), tokens, torch.zeros_like(tokens))
        sequence = functional.one_hot(known.long(), self.classes + 1).to(rows.dtype).transpose(1, 2)
        planes = rows[:, self.steps :].unsqueeze(2).expand(-1, -1, self.steps)
        return torch.cat([sequence, planes], dim=1)


class Residual(nn.Sequential):
    """A row plus what the layers make of it."""

    def forward(self, rows):
        return rows + super().forward(rows)


class PerStep(nn.Sequential):
    """The same layers for each step of sequences, [B, C, T] to [B, C', T]."""

    def forward(self, rows):
        each = super().forward(rows.transpose(1, 2).flatten(0, 1))
        return each.unflatten(0, (-1, rows.shape[2])).transpose(1, 2)


class PerSegment(nn.Sequential):
    """The same layers for each segment, which make steps of a vector, [B, H, S] to [B, C, S L]."""

    def forward(self, rows):
        each = super().forward(rows.transpose(1, 2).flatten(0, 1))
        return each.unflatten(0, (-1, rows.shape[2])).transpose(1, 2).flatten(2)


class CausalConvolution(nn.Conv1d):
    """A convolution over the steps up to each, with zeros before the first."""

    def forward(self, rows):
        return super().forward(functional.pad(rows, ((self.kernel_size[0] - 1) * self.dilation[0], 0)))


def recurrence(cell):
    """Torch's module of a cell over sequences, [B, C, T] to [B, H, T]."""

    class Recurrent({"lstm": nn.LSTM, "gru": nn.GRU}[cell]):
        def __init__(self, inputs, units, both_ways=False, last_state=False):
            super().__init__(inputs, units, bidirectional=both_ways)
            self.last_state = last_state

        def forward(self, rows):
            states, _ = super().forward(rows.permute(2, 0, 1))  # [T, B, D H]
            if not self.last_state:
                return states.permute(1, 2, 0)
            units = self.hidden_size
            # The last state of the second direction is that at the first step.
            return torch.cat([states[-1, :, :units], states[0, :, units:]], dim=1)

    return Recurrent


class Driven(nn.Module):
    """Recurrences whose states begin as tanh of a linear map of a code, with the names of torch's modules."""

    def __init__(self, cell, code, inputs, units):
        super().__init__()
        self.cell, self.units = cell, units
        self.states = {"lstm": 2, "gru": 1}[cell]
        gates = {"lstm": 4, "gru": 3}[cell]
        for i, width in enumerate(units):
            for name, size in (("ih", units[i - 1] if i else inputs), ("hh", width)):
                setattr(self, f"weight_{name}_l{i}", nn.Parameter(torch.zeros(gates * width, size)))
                setattr(self, f"bias_{name}_l{i}", nn.Parameter(torch.zeros(gates * width)))
        self.initial_weight = nn.Parameter(torch.zeros(self.states * sum(units), code))
        self.initial_bias = nn.Parameter(torch.zeros(self.states * sum(units)))

    def begin(self, code):
        """The states of each recurrence before the first step."""
        first = torch.tanh(functional.linear(code, self.initial_weight, self.initial_bias))
        parts = first.split([width for width in self.units for _ in range(self.states)], dim=1)
        return [parts[i * self.states : (i + 1) * self.states] for i in range(len(self.units))]

    def step(self, given, states):
        """The states after a step, and what the last recurrence shows."""
        after = []
        for i, own in enumerate(states):
            weights = [getattr(self, f"{kind}_{name}_l{i}") for kind in ("weight", "bias") for name in ("ih", "hh")]
            if self.cell == "lstm":
                after.append(torch.lstm_cell(given, list(own), *weights))
            else:
                after.append((torch.gru_cell(given, own[0], *weights),))
            given = after[-1][0]
        return after, given


class Unfolding(Driven):
    """A code as what each step is given, [B, n] to [B, H, T]."""

    def __init__(self, cell, code, units, steps):
        super().__init__(cell, code, code, [units])
        self.steps = steps

    def forward(self, code):
        states, shown = self.begin(code), []
        for _ in range(self.steps):
            states, given = self.step(code, states)
            shown.append(given)
        return torch.stack(shown, dim=2)


class Feedback(Driven):
    """A code beside what was given at the step before, or its likeliest class, [B, n] to [B, C, T]."""

    def __init__(self, cell, code, units, steps, channels, final, gives_log_odds):
        super().__init__(cell, code, code + channels, units)
        self.steps, self.final, self.gives_log_odds = steps, final, gives_log_odds
        self.output_weight = nn.Parameter(torch.zeros(channels, units[-1]))
        self.output_bias = nn.Parameter(torch.zeros(channels))

    def forward(self, code):
        states, rows = self.begin(code), []
        fed = code.new_zeros(code.shape[0], self.output_bias.shape[0])
        for _ in range(self.steps):
            states, given = self.step(torch.cat([code, fed], dim=1), states)
            rows.append(functional.linear(given, self.output_weight, self.output_bias))
            fed = self.final(rows[-1])
            if self.gives_log_odds:
                fed = functional.one_hot(fed.argmax(1), fed.shape[1]).to(fed.dtype)
        return torch.stack(rows, dim=2)


ACTIVATIONS = {
    "relu": nn.ReLU,
    "leakyRelu": nn.LeakyReLU,
    "elu": nn.ELU,
    "gelu": nn.GELU,
    "silu": nn.SiLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
}


def module(layer, shape):
    """The module of a layer that takes rows of a shape."""
    match layer["layer"]:
        case "linear":
            return nn.Linear(shape[-1], layer["outputs"])
        case "convolution":
            convolution = nn.Conv1d if len(shape) == 2 else nn.Conv2d
            return convolution(shape[0], layer["filters"], layer["kernel"], layer["stride"], layer["padding"])
        case "transposedConvolution":
            convolution = nn.ConvTranspose1d if len(shape) == 2 else nn.ConvTranspose2d
            added = (layer["outputPaddingHeight"], layer["outputPaddingWidth"])
            return convolution(
                shape[0], layer["filters"], layer["kernel"], layer["stride"], layer["padding"], added[3 - len(shape):])
        case "causalConvolution":
            return CausalConvolution(shape[0], layer["filters"], layer["kernel"], dilation=layer["dilation"])
        case "recurrent":
            return recurrence(layer["cell"])(
                shape[0], layer["units"], layer.get("bothWays", False), layer.get("lastState", False))
        case "unfolding":
            return Unfolding(layer["cell"], shape[0], layer["units"], layer["steps"])
        case "feedback":
            final = ACTIVATIONS[layer["final"]]() if layer.get("final") else nn.Identity()
            return Feedback(layer["cell"], shape[0], layer["units"], layer["steps"], layer["channels"], final,
                            layer.get("givesLogOdds", False))
        case "reshape":
            return Reshape(layer["to"] and layer["to"]["dimensions"])
        case "conditionedReshape":
            return ConditionedReshape(layer["image"]["dimensions"], layer["labels"])
        case "token":
            return Token(layer["steps"], layer["classes"], layer.get("labels", 0))
        case "activation":
            return ACTIVATIONS[layer["function"]]()
        case "batchNorm":
            return nn.BatchNorm2d(shape[0]) if len(shape) == 3 else nn.BatchNorm1d(shape[0])
        case "layerNorm":
            return nn.LayerNorm(shape[-1:] if layer.get("lastAxis") else shape)
        case "dropout":
            return nn.Dropout(layer["rate"])
        case "residual":
            return Residual(*modules(layer["layers"], shape))
        case "perStep":
            return PerStep(*modules(layer["layers"], shape[:1]))
        case "perSegment":
            return PerSegment(*modules(layer["layers"], shape[:1]))
    raise ValueError(f"unknown layer {layer['layer']}")


def modules(layers, shape):
    """Those of layers in order, of which the first takes rows of a shape."""
    made = []
    for layer in layers:
        made.append(module(layer, shape).eval())
        with torch.no_grad():
            shape = list(made[-1](torch.zeros(1, *shape)).shape[1:])
    return made


def sequential(stack, weights, prefix):
    """An nn.Sequential of a stack of layers, with its weights, ready to predict."""
    network = nn.Sequential(*modules(stack["layers"], stack["inputShape"]["dimensions"]))
    own = {name.removeprefix(prefix + "."): values for name, values in weights.items() if name.startswith(prefix + ".")}
    # Torch counts batches, the library does not.
    missing, unexpected = network.load_state_dict(own, strict=False)
    if unexpected or any(not name.endswith("num_batches_tracked") for name in missing):
        raise ValueError(f"weights and layers do not fit each other: {missing} are missing, {unexpected} are left over")
    return network.eval()


def read(path):
    """(encoder, decoder, description, weights) of a model file; of several autoencoders in it, the first."""
    with zipfile.ZipFile(path) as file:
        folder = next(name for name in file.namelist() if name.endswith("Autoencoder.json")).removesuffix("Autoencoder.json")
        description = json.load(io.TextIOWrapper(file.open(folder + "Autoencoder.json"), "utf-8-sig"))
        weights = load(file.read(folder + "Weights.safetensors"))
    network = description["model"]["network"]
    return sequential(network["encoder"], weights, "encoder"), sequential(network["decoder"], weights, "decoder"), description, weights


def write(path, encoder, decoder, weights):
    """The numbers of the modules, with those of the model that lie beside the network, for transformer.LoadWeights."""
    changed = dict(weights)
    for prefix, network in (("encoder", encoder), ("decoder", decoder)):
        for name, values in network.state_dict().items():
            if not name.endswith("num_batches_tracked"):
                changed[f"{prefix}.{name}"] = values.detach().to(torch.float32).contiguous()
    save_file(changed, path)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    encoder, decoder, description, weights = read(sys.argv[1])
    print(description["model"]["family"], encoder, decoder, sep="\n")
    if len(sys.argv) > 2:
        write(sys.argv[2], encoder, decoder, weights)
