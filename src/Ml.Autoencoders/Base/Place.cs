namespace Ml.Autoencoders;

/// <summary>
/// Where a value is, as messages name it: an option of a class (<c>PlainOptions: CodeSize is 0</c>), a parameter of
/// a call (<c>Corruption.Masking: probability is 2</c>) or an entry of a file
/// (<c>model.corruption.probability is 2</c>). So that one check serves all of them.
/// </summary>
internal readonly record struct Place
{
    private readonly string _owner;
    private readonly Kind _kind;

    private Place(string owner, Kind kind)
    {
        _owner = owner;
        _kind = kind;
    }

    private enum Kind
    {
        Options,
        Call,
        Entry,
    }

    /// <summary>Whether it is in a file.</summary>
    public bool IsEntry => _kind == Kind.Entry;

    /// <summary>A class of options, whose names begin with capitals.</summary>
    public static implicit operator Place(string options) => new(options, Kind.Options);

    /// <summary>A call, whose parameters do not.</summary>
    public static Place Call(string method) => new(method, Kind.Call);

    /// <summary>An entry of a file.</summary>
    public static Place Entry(string path) => new(path, Kind.Entry);

    /// <summary>A part of it. In a file it is an entry of its own; options of a part are among those of the
    /// whole.</summary>
    public Place Part(string name) => IsEntry ? Entry($"{_owner}.{Camel(name)}") : this;

    /// <summary>One of a list, which in a file is an entry of its own.</summary>
    public Place At(int index) => IsEntry ? Entry($"{_owner}[{index}]") : this;

    /// <summary>The exception for a value: its name, and what is wrong with it.</summary>
    public Exception Error(string name, string fault)
    {
        string said = Camel(name);
        return _kind switch
        {
            Kind.Entry => new FormatException($"{_owner}.{said} {fault}"),
            Kind.Call => new ArgumentOutOfRangeException(said, $"{_owner}: {said} {fault}"),
            _ => new ArgumentOutOfRangeException(name, $"{_owner}: {name} {fault}"),
        };
    }

    /// <summary>The same for a text, which has no range to be out of.</summary>
    public Exception Wrong(string name, string fault) => _kind switch
    {
        Kind.Entry => Error(name, fault),
        Kind.Call => new ArgumentException($"{_owner}: {Camel(name)} {fault}", Camel(name)),
        _ => new ArgumentException($"{_owner}: {name} {fault}", name),
    };

    /// <summary>The exception for a missing value.</summary>
    public Exception Missing(string name) => _kind switch
    {
        Kind.Entry => Error(name, "is null."),
        Kind.Call => new ArgumentNullException(Camel(name), $"{_owner}: {Camel(name)} is null."),
        _ => new ArgumentNullException(name, $"{_owner}: {name} is null."),
    };

    /// <summary>The exception where the whole is wrong.</summary>
    public Exception Fault(string message) =>
        IsEntry ? new FormatException($"{_owner}: {message}") : new ArgumentException($"{_owner}: {message}");

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
