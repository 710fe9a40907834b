namespace Ml.Autoencoders.Tests.Networks;

/// <summary>Layers that chance puts one after the other: the same for the same seed.</summary>
internal sealed class RandomLayers(int seed)
{
    /// <summary>
    /// Numbers in a row before the first layer. A number of many divisors, for rows to be pictures of many shapes.
    /// </summary>
    public const int Inputs = 24;

    /// <summary>Where a stack has grown so wide, it only shrinks.</summary>
    private const int Wide = 96;

    /// <summary>The largest kernel or stride.</summary>
    private const int MostKernel = 1 << 16;

    private readonly Random _random = new(seed);

    public int Below(int bound) => _random.Next(bound);

    /// <summary>Layers that fit each other. Sizes are followed here by the formulas of the documentation of
    /// <see cref="LayerList"/>.</summary>
    /// <param name="size">Numbers in a row.</param>
    /// <param name="hasLabel">Whether a label will be appended to rows, or to codes. Then a row can become a picture or
    /// a sequence only once until a layer joins its numbers, forward and, for the mirror, backward.</param>
    /// <param name="mayNest">Whether layers may be made of others, or act on the last axis.</param>
    public Action<LayerList> Fitting(int size, bool hasLabel = false, bool mayNest = true)
    {
        var added = new List<Action<LayerList>>();
        int[] shape = [size];
        int pictures = hasLabel ? 1 : int.MaxValue;
        for (int count = _random.Next(8); count > 0; count--)
        {
            (shape, Kind kind) = shape.Length switch
            {
                1 => AddToVector(added, shape[0], pictures > 0, mayNest),
                2 => AddToSequence(added, shape[0], shape[1], pictures > 0, mayNest),
                _ => AddToPicture(added, shape, pictures > 0),
            };
            if (kind == Kind.Joins && hasLabel)
                pictures = shape.Length == 1 ? 1 : 0;
            else if (kind == Kind.Reshapes)
                pictures--;
        }
        return layers => added.ForEach(add => add(layers));
    }

    /// <summary>Layers each of which can be, and most of which do not fit the one before.</summary>
    public Action<LayerList> Any()
    {
        var added = new List<Action<LayerList>>();
        for (int count = _random.Next(5); count > 0; count--)
        {
            int filters = Size(4), kernel = Math.Min(Size(4), MostKernel), stride = Math.Min(Size(3), MostKernel);
            int padding = _random.Next(kernel + 1), extra = _random.Next(stride);
            (int channels, int height, int width) = (1 + Size(4) % 1000, 1 + Size(4) % 800, 1 + Size(6) % 600);
            added.Add(_random.Next(15) switch
            {
                14 => layers => layers.Tokens(24, 1 + filters % 1000),
                13 => layers => layers.CausalConvolution(filters, kernel, stride),
                11 => layers => layers.Recurrent(Math.Min(filters, 1 << 24), lastState: padding == 0),
                12 => layers => layers.Unfold(height, Math.Min(filters, 1 << 24), RecurrentCell.Gru),
                7 => layers => layers.Sequence(height, channels),
                8 => layers => layers.Sequence(12, 2),
                9 => layers => layers.PerStep(step => step.Linear(filters).Relu()),
                10 => layers => layers.Residual(inner => inner.Convolution(2, kernel, stride, padding)),
                0 => layers => layers.Linear(filters),
                1 => layers => layers.Convolution(filters, kernel, stride, padding),
                2 => layers => layers.TransposedConvolution(filters, kernel, stride, padding, extra),
                3 => layers => layers.Reshape(channels, height, width),
                4 => layers => layers.Reshape(1, 4, 6),
                5 => layers => layers.Flatten(),
                _ => Decoration(),
            });
        }
        return layers => added.ForEach(add => add(layers));
    }

    private RecurrentCell Cell() => (RecurrentCell)_random.Next(2);

    /// <summary>A few, or once in a while very many.</summary>
    private int Size(int few) => _random.Next(12) == 0 ? 1 << _random.Next(8, 29) : 1 + _random.Next(few);

    private (int[] Shape, Kind Kind) AddToVector(List<Action<LayerList>> added, int size, bool mayReshape,
        bool mayNest)
    {
        switch (_random.Next(6))
        {
            case 5 when mayReshape && size <= Wide:
                int steps = 1 + _random.Next(5), units = 1 + _random.Next(5);
                RecurrentCell cell = Cell();
                added.Add(layers => layers.Unfold(steps, units, cell));
                return ([units, steps], Kind.Joins);
            case 3 when mayNest:
                int between = 1 + _random.Next(8);
                Action<LayerList> first = Function(), last = Function();
                added.Add(layers => layers.Residual(inner =>
                {
                    first(inner.Linear(between));
                    last(inner.Linear(size));
                }));
                return ([size], Kind.Joins);
            case 4 when mayReshape:
                int channels = Divisor(size);
                added.Add(layers => layers.Sequence(size / channels, channels));
                return ([channels, size / channels], Kind.Reshapes);
            case 0:
                int outputs = 1 + _random.Next(size > Wide ? 12 : 24);
                added.Add(layers => layers.Linear(outputs));
                return ([outputs], Kind.Joins);
            case 1 when mayReshape:
                return (AddReshape(added, size), Kind.Reshapes);
            default:
                added.Add(Decoration());
                return ([size], Kind.Decorates);
        }
    }

    private (int[] Shape, Kind Kind) AddToSequence(List<Action<LayerList>> added, int channels, int steps,
        bool mayReshape, bool mayNest)
    {
        int filters = 1 + _random.Next(4), kernel = 1 + _random.Next(5), stride = 1 + _random.Next(3);
        int padding = _random.Next(kernel + 1), extra = _random.Next(stride);
        int convolved = (steps + 2 * padding - kernel) / stride + 1;
        int transposed = (steps - 1) * stride - 2 * padding + kernel + extra;
        Action<LayerList> function = Function();
        bool isBothWays = _random.Next(2) == 0, isLast = _random.Next(2) == 0;
        RecurrentCell cell = Cell();
        switch (_random.Next(11))
        {
            case 10:
                added.Add(layers => layers.CausalConvolution(filters, kernel, stride));
                return ([filters, steps], Kind.Joins);
            case 8 when channels * steps <= Wide:
                added.Add(layers => layers.Recurrent(filters, cell, isBothWays, isLast));
                int width = isBothWays ? 2 * filters : filters;
                return (isLast ? [width] : [width, steps], Kind.Joins);
            case 9:
                added.Add(layers => layers.PerStep(step => step.Linear(filters)));
                return ([filters, steps], Kind.Joins);
            case 0 when steps + 2 * padding >= kernel:
                added.Add(layers => layers.Convolution(filters, kernel, stride, padding));
                return ([filters, convolved], Kind.Joins);
            case 1 when channels * steps <= Wide && transposed > 0:
                added.Add(layers => layers.TransposedConvolution(filters, kernel, stride, padding, extra));
                return ([filters, transposed], Kind.Joins);
            case 2 when mayNest:
                added.Add(layers => layers.PerStep(step => function(step.Linear(filters))));
                return ([filters, steps], Kind.Joins);
            case 3 when mayNest:
                added.Add(layers => layers.Residual(inner => function(inner.Convolution(channels, 3, 1, 1))));
                return ([channels, steps], Kind.Joins);
            case 4 when mayNest:
                added.Add(layers => layers.Linear(filters, lastAxis: true));
                return ([channels, filters], Kind.Joins);
            case 5:
                added.Add(layers => layers.Flatten());
                return ([channels * steps], Kind.Decorates);
            case 6 when mayReshape:
                return (AddReshape(added, channels * steps), Kind.Reshapes);
            default:
                added.Add(mayNest && _random.Next(3) == 0 ? layers => layers.LayerNorm(lastAxis: true) : Decoration());
                return ([channels, steps], Kind.Decorates);
        }
    }

    private (int[] Shape, Kind Kind) AddToPicture(List<Action<LayerList>> added, int[] picture, bool mayReshape)
    {
        (int height, int width) = (picture[1], picture[2]);
        int filters = 1 + _random.Next(4), kernel = 1 + _random.Next(4), stride = 1 + _random.Next(3);
        int padding = _random.Next(kernel + 1), extra = _random.Next(stride);
        switch (_random.Next(5))
        {
            case 0 when Math.Min(height, width) + 2 * padding >= kernel:
                added.Add(layers => layers.Convolution(filters, kernel, stride, padding));
                return ([filters, Convolved(height), Convolved(width)], Kind.Joins);
            case 1 when height * width <= Wide && Math.Min(Transposed(height), Transposed(width)) > 0:
                added.Add(layers => layers.TransposedConvolution(filters, kernel, stride, padding, extra));
                return ([filters, Transposed(height), Transposed(width)], Kind.Joins);
            case 2:
                added.Add(layers => layers.Flatten());
                return ([picture[0] * height * width], Kind.Decorates);
            case 3 when mayReshape:
                return (AddReshape(added, picture[0] * height * width), Kind.Reshapes);
            default:
                added.Add(Decoration());
                return (picture, Kind.Decorates);
        }

        int Convolved(int side) => (side + 2 * padding - kernel) / stride + 1;
        int Transposed(int side) => (side - 1) * stride - 2 * padding + kernel + extra;
    }

    private int[] AddReshape(List<Action<LayerList>> added, int count)
    {
        int channels = Divisor(count), height = Divisor(count / channels), width = count / channels / height;
        added.Add(layers => layers.Reshape(channels, height, width));
        return [channels, height, width];
    }

    private int Divisor(int count)
    {
        int[] divisors = [.. Enumerable.Range(1, count).Where(divisor => count % divisor == 0)];
        return divisors[_random.Next(divisors.Length)];
    }

    private Action<LayerList> Decoration()
    {
        Action<LayerList> function = Function();
        return _random.Next(5) switch
        {
            0 => layers => layers.BatchNorm(),
            1 => layers => layers.LayerNorm(),
            2 => layers => layers.Dropout(0.25f),
            _ => function,
        };
    }

    private Action<LayerList> Function()
    {
        Activation[] activations = Enum.GetValues<Activation>();
        Activation function = activations[_random.Next(activations.Length)];
        return layers => layers.Activation(function);
    }

    private enum Kind
    {
        Decorates,
        Reshapes,
        Joins,
    }
}
