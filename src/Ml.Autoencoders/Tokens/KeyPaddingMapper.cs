using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Tokens;

/// <summary>The padding of sequences of keys tied to the schema of a data view, in which ML.NET maps row by
/// row.</summary>
internal sealed class KeyPaddingMapper : IRowMapper, ISaveAsOnnx
{
    private readonly IHost _host;
    private readonly ITransformer _transformer;
    private readonly KeyPaddingDescription _description;
    private readonly DataViewSchema _schema;
    private readonly DataViewSchema.Column _column;
    private readonly KeyDataViewType _key;

    public KeyPaddingMapper(IHost host, ITransformer transformer, KeyPaddingDescription description,
        DataViewSchema schema)
    {
        _host = host;
        _transformer = transformer;
        _description = description;
        _schema = schema;
        (_column, _, _key) = KeySequences.Find(host, schema, description.Input);
    }

    /// <summary>The names of keys are kept; those of slots are not, which another length does not have.</summary>
    public DataViewSchema.DetachedColumn[] GetOutputColumns()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(_column.Annotations, name => name == AnnotationUtils.Kinds.KeyValues);
        return [new(_description.Output, new VectorDataViewType(_key, _description.Length),
            annotations.ToAnnotations())];
    }

    public Func<int, bool> GetDependencies(Func<int, bool> activeOutput) =>
        activeOutput(0) ? column => column == _column.Index : _ => false;

    public Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer)
    {
        disposer = null!;
        return [activeOutput(0) ? KeyReading.Padded(input, _column, _key, _description) : null!];
    }

    public ITransformer GetTransformer() => _transformer;

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw _host.ExceptNotSupp("A data view is not saved. Save the transformer that it comes from.");

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => KeyPaddingOnnx.CanSave(_host, _description, _column, Output);

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx) =>
        KeyPaddingOnnx.Save(_host, _description, _column, Output[_description.Output], ctx);

    private DataViewSchema Output => RowToRowMapperTransform.GetOutputSchema(_schema, this);
}
