import type { YAMLError } from 'yaml';

/** A YAML error in words for someone who does not know YAML's. */
export function sayYamlError(error: YAMLError): { message: string; hint?: string } {
  const [message, hint] = words(error);
  return hint === undefined ? { message } : { message, hint };
}

/** What an error finds unclosed. */
export function unclosedBy({ code, message }: YAMLError): 'quote' | 'bracket' | null {
  if (code === 'MISSING_CHAR' && message.includes('quote')) return 'quote';
  return message.startsWith('Flow') && /end with a [\]}]/.test(message) ? 'bracket' : null;
}

/** Whether the parser has lost its place in the file with this error. */
export function isLost({ code, message }: YAMLError): boolean {
  if (code === 'RESOURCE_EXHAUSTION') return true;
  return code === 'UNEXPECTED_TOKEN' && /at node end|in YAML stream/.test(message);
}

function words({ code, message }: YAMLError): [string, string?] {
  switch (code) {
    case 'TAB_AS_INDENT':
      return ['The line is indented with a tab.', 'Indent with spaces.'];
    case 'BAD_INDENT':
      return message.startsWith('Flow')
        ? [
            `A ${message.startsWith('Flow map') ? '{ is' : '[ is'} not closed.`,
            `Close it with ${message.startsWith('Flow map') ? '}' : ']'}.`,
          ]
        : [
            'The line is indented differently from its neighbours.',
            'Keys that belong together start in the same column.',
          ];
    case 'BLOCK_AS_IMPLICIT_KEY':
      return [
        'A second ": " follows on one line.',
        'Put the value in quotes if the colon belongs to it, or start a new line.',
      ];
    case 'MULTILINE_IMPLICIT_KEY':
      return ['A key goes over several lines.', 'Check the indentation of this line and the one before it.'];
    case 'MISSING_CHAR':
      return message.includes('quote')
        ? ['A quoted text is not closed.', 'Add the closing quote.']
        : message.includes('map keys')
          ? [
              'A key is not followed by a colon.',
              'Write "key: value", or check the indentation of this line.',
            ]
          : [`A character is missing: ${lowerFirst(message)}.`];
    case 'BAD_SCALAR_START':
      return ['A value cannot begin with this character.', 'Put the value in quotes.'];
    case 'BAD_DQ_ESCAPE':
      return [
        'A backslash in double quotes begins an escape that does not exist.',
        'Write \\\\ for a backslash, or use single quotes.',
      ];
    case 'UNEXPECTED_TOKEN':
      return message.includes('block-seq-ind')
        ? ['A list begins on the line of its key.', 'Start the list on the next line, or write [a, b].']
        : [
            'This does not belong to what stands before it.',
            'Check indentation, brackets and quotes here; the rest of the file is read once this is right.',
          ];
    case 'NON_STRING_KEY':
      return ['A key must be text.'];
    case 'MULTIPLE_DOCS':
      return ['The file has a second document after "---".', 'One file holds one document: remove the line.'];
    case 'TAG_RESOLVE_FAILED':
      return ['Tags (!name) are not used in pack files.', 'Remove the tag, or put the text in quotes.'];
    case 'BAD_DIRECTIVE':
      return ['Directives (%NAME) are not used in pack files.', 'Remove the line.'];
    case 'RESOURCE_EXHAUSTION':
      return ['This is nested too deeply to be read.', 'Check for a bracket that is opened over and over.'];
    default:
      return [`This is not YAML: ${lowerFirst(message)}.`, 'Check indentation, brackets and quotes here.'];
  }
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
