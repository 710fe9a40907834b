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


def log_variance(numbers, bottleneck):
    """The second half of what the encoder of a "gaussian" bottleneck gives, as ln of the variance."""
    bounds = bottleneck.get("logVariance")
    if bounds is None:
        return numbers
    within = numbers.clamp(bounds["least"], bounds["greatest"])
    return within + (numbers - within).asinh()


class ConditionedReshape(nn.Module):
    """A row with a one-hot label behind it, [B, C*H*W + K], as an image with a plane for each label, [B, C + K, H, W]."""

    def __init__(self, dimensions, labels):
        super().__init__()
        self.dimensions, self.labels = dimensions, labels

    def forward(self, rows):
        channels, height, width = self.dimensions
        image = rows[:, : -self.labels].reshape(-1, channels, height, width)
        planes = rows[:, -self.labels :, None, None].expand(-1, -1, height, width)
        return torch.cat([image, planes], dim=1)


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
            return nn.Linear(shape[0], layer["outputs"])
        case "convolution":
            return nn.Conv2d(shape[0], layer["filters"], layer["kernel"], layer["stride"], layer["padding"])
        case "transposedConvolution":
            return nn.ConvTranspose2d(
                shape[0], layer["filters"], layer["kernel"], layer["stride"], layer["padding"],
                (layer["outputPaddingHeight"], layer["outputPaddingWidth"]))
        case "reshape":
            flat = nn.Flatten()
            return flat if layer["to"] is None else nn.Sequential(flat, nn.Unflatten(1, layer["to"]["dimensions"]))
        case "conditionedReshape":
            return ConditionedReshape(layer["image"]["dimensions"], layer["labels"])
        case "activation":
            return ACTIVATIONS[layer["function"]]()
        case "batchNorm":
            return nn.BatchNorm1d(shape[0]) if len(shape) == 1 else nn.BatchNorm2d(shape[0])
        case "layerNorm":
            return nn.LayerNorm(shape)
        case "dropout":
            return nn.Dropout(layer["rate"])
    raise ValueError(f"unknown layer {layer['layer']}")


def sequential(stack, weights, prefix):
    """An nn.Sequential of a stack of layers, with its weights, ready to predict."""
    modules, shape = [], stack["inputShape"]["dimensions"]
    for layer in stack["layers"]:
        modules.append(module(layer, shape).eval())
        with torch.no_grad():
            shape = list(modules[-1](torch.zeros(1, *shape)).shape[1:])
    network = nn.Sequential(*modules)
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
