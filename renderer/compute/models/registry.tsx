import type { ModelView, ProviderView } from '../../../shared/contract/compute/index.ts';
import { formatBytes } from '../../../shared/units.ts';
import { type BoundCommand, CommandButton } from '../../app/index.ts';
import {
  Age,
  EmptyState,
  type Fact,
  Facts,
  Glyph,
  Panel,
  PanelBody,
  Rows,
  Skeleton,
  Tag,
} from '../../ui/index.ts';

/** Every model that was seen, known by its bytes. */
export function Registry({
  models,
  selected,
  onSelect,
}: {
  models: readonly ModelView[] | undefined;
  selected: ModelView | undefined;
  onSelect: (sha256: string) => void;
}) {
  return (
    <Panel title="Models seen" aside={models?.length.toLocaleString('en')}>
      {!models && <Skeleton rows={3} height={31} />}
      {models?.length === 0 && (
        <EmptyState>
          No model was seen yet. It is written down here when it is run, packed or checked.
        </EmptyState>
      )}
      <Rows className="models-list">
        {models?.map((model) => (
          <button
            key={model.sha256}
            type="button"
            className="row model-row"
            aria-pressed={model === selected}
            onClick={() => onSelect(model.sha256)}
            onFocus={() => onSelect(model.sha256)}
            data-row
          >
            <span className="model-name">
              <span className="strong ellipsis" title={model.path}>
                {model.name}
              </span>
              <span className="mono soft ellipsis">{model.version || 'without a version'}</span>
              {model.role && <Tag tone={model.role === 'champion' ? 'pass' : 'running'}>{model.role}</Tag>}
            </span>
            <span className="mono soft ellipsis">
              {model.deployed.map(({ target }) => target).join(', ')}
            </span>
            <span className="mono soft">{model.sha256.slice(0, 8)}</span>
            <span className="mono soft model-size">{formatBytes(model.bytes)}</span>
            <Age at={model.lastSeen} />
          </button>
        ))}
      </Rows>
    </Panel>
  );
}

const shapeOf = (shape: readonly (number | string)[]) => `[${shape.map((one) => one || '?').join(', ')}]`;

/** What the selected model takes and gives, where it comes from and where it went. */
export function ModelInspector({
  model,
  models,
  commands,
}: {
  model: ModelView;
  models: readonly ModelView[];
  commands: Partial<Record<'champion' | 'challenger' | 'plain', BoundCommand>>;
}) {
  const before = models.find(({ sha256 }) => sha256 === model.after);
  const tensors = (label: string, of: ModelView['inputs']): Fact[] =>
    of.map(({ name, type, shape }) => ({ label, value: `${name}: ${type} ${shapeOf(shape)}` }));
  return (
    <Panel
      title={`${model.name} ${model.version}`}
      aside={model.role && <Tag tone={model.role === 'champion' ? 'pass' : 'running'}>{model.role}</Tag>}
      className="compute-inspector"
    >
      <PanelBody>
        <Facts
          facts={[
            ...tensors('input', model.inputs),
            ...tensors('output', model.outputs),
            { label: 'opset', value: String(model.opset) },
            { label: 'producer', value: model.producer || 'not said' },
            { label: 'size', value: formatBytes(model.bytes) },
            { label: 'sha-256', value: model.sha256 },
            { label: 'path', value: model.path },
            ...(model.after === null
              ? []
              : [
                  {
                    label: 'after',
                    value: before ? `${before.name} ${before.version}` : model.after.slice(0, 16),
                  },
                ]),
            ...model.metadata.map(({ key, value }) => ({ label: key, value })),
          ]}
        />
        {model.deployed.length === 0 ? (
          <p className="soft">Deployed nowhere that is known.</p>
        ) : (
          <ul>
            {model.deployed.map(({ target, version, at }) => (
              <li key={`${target} ${at}`} className="model-deployed">
                <span>
                  <span className="strong">{target}</span> <span className="mono soft">{version}</span>
                </span>
                <Age at={at} />
              </li>
            ))}
          </ul>
        )}
        <div className="compute-actions">
          <CommandButton command={commands.champion} />
          <CommandButton command={commands.challenger} />
          <CommandButton command={commands.plain} />
        </div>
      </PanelBody>
    </Panel>
  );
}

/** What this machine can run a model on, and why not where it cannot. */
export function Providers({ providers }: { providers: readonly ProviderView[] | undefined }) {
  return (
    <Panel title="Providers of this machine" className="compute-inspector">
      {!providers && <Skeleton rows={3} height={29} />}
      <ul>
        {providers?.map(({ name, title, can, why }) => (
          <li key={name} className="judgement">
            <Glyph kind={can ? 'pass' : 'left-out'} word={can ? 'can be asked for' : 'cannot be asked for'} />
            <span className="break">
              {title} <span className="mono mute">{name}</span>
              {!can && <span className="soft"> {why}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
