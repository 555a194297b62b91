import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ComputeFile, JobKind, ProviderView, Question } from '../../../shared/contract/compute/index.ts';
import { formatBytes } from '../../../shared/units.ts';
import { type Action, sentenceOf, useService } from '../../app/index.ts';
import { Choice, Dialog, Select, TextField } from '../../ui/index.ts';
import {
  type Draft,
  draftOf,
  type Field,
  fieldsOf,
  forms,
  labelsOf,
  lackOf,
  offeredFor,
  questionOf,
} from './forms.ts';
import { OfferField } from './offer-field.tsx';
import { roleWords } from './role-words.ts';

/** Asks for what a job needs, filled in from the files of the pack: Enter alone starts it. */
export function StartDialog({
  kind,
  first,
  start,
  onClose,
}: {
  kind: JobKind;
  /** What is known already, such as the model that is selected. */
  first?: Draft;
  start: Action<Question>;
  onClose: () => void;
}) {
  const { queries } = useService();
  const { data: files, error } = useQuery(queries.compute.files.queryOptions());
  const asksProvider = kind === 'infer';
  const providers = useQuery({ ...queries.compute.providers.queryOptions(), enabled: asksProvider }).data;
  const [typed, setTyped] = useState<Draft>({});
  const form = forms[kind];
  const draft = draftOf(kind, files ?? [], { ...first, ...typed });
  return (
    <Dialog
      title={form.title}
      onClose={onClose}
      problem={start.problem ?? (error && `The files of the pack cannot be listed. ${sentenceOf(error)}`)}
      confirm={{
        label: form.start,
        onPress: () => start.run(questionOf(kind, draft)),
        busy: start.busy,
        why: lackOf(kind, draft),
      }}
    >
      <p className="soft">{form.about}</p>
      {fieldsOf(kind, draft).map((field, index) => (
        <FieldOf
          key={field.name}
          field={field}
          value={draft[field.name] ?? ''}
          onChange={(value) => setTyped({ ...typed, [field.name]: value })}
          draft={draft}
          files={files ?? []}
          providers={providers ?? []}
          autoFocus={index === 0}
        />
      ))}
    </Dialog>
  );
}

function FieldOf({
  field,
  draft,
  files,
  providers,
  ...rest
}: {
  field: Field;
  draft: Draft;
  value: string;
  onChange: (value: string) => void;
  files: readonly ComputeFile[];
  providers: readonly ProviderView[];
  autoFocus: boolean;
}) {
  switch (field.kind) {
    case 'file':
      return (
        <OfferField
          label={field.label}
          hint={field.hint}
          placeholder="from the pack’s folder, or a whole path"
          offers={offeredFor(field, files).map(({ path, role, bytes }) => ({
            value: path,
            about: `${roleWords[role]} · ${formatBytes(bytes)}`,
          }))}
          {...rest}
        />
      );
    case 'label':
      return (
        <OfferField
          label={field.label}
          hint={field.hint}
          placeholder="a column of the data"
          offers={labelsOf(draft[field.of], files).map((name) => ({ value: name }))}
          {...rest}
        />
      );
    case 'choice':
      return <Choice label={field.label} options={field.options} across {...rest} />;
    case 'provider':
      return (
        <Select
          label={field.label}
          options={providers.map(({ name, title, can, why }) => ({
            value: name,
            label: title,
            about: can ? undefined : why,
          }))}
          {...rest}
        />
      );
    case 'text':
      return (
        <TextField label={field.label} hint={field.hint} placeholder={field.placeholder} mono {...rest} />
      );
    case 'number':
      return <TextField label={field.label} hint={field.hint} mono {...rest} />;
  }
}
