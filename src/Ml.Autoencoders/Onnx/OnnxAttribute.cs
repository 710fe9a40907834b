using Google.Protobuf;
using Ml.Autoencoders.Onnx.Protocol;

namespace Ml.Autoencoders.Onnx;

/// <summary>A setting of a node, in addition to its inputs.</summary>
internal static class OnnxAttribute
{
    public static AttributeProto Of(string name, float value) =>
        new() { Name = name, F = value, Type = AttributeProto.Types.AttributeType.Float };

    public static AttributeProto Of(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Of(string name, params long[] values) =>
        new() { Name = name, Ints = { values }, Type = AttributeProto.Types.AttributeType.Ints };

    public static AttributeProto Of(string name, string value) => new()
    {
        Name = name,
        S = ByteString.CopyFromUtf8(value),
        Type = AttributeProto.Types.AttributeType.String,
    };
}
