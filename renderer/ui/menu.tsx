import './fields.css';
import './menu.css';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
} from 'react-aria-components';
import { KeyCap } from './key-cap.tsx';

export interface MenuAction {
  id: string;
  label: string;
  keys?: string;
  danger?: boolean;
  why?: string | null;
  onPress: () => void;
}

/** A button that opens a list of actions, in groups. */
export function Menu({
  label,
  children,
  groups,
}: {
  label: string;
  children: ReactNode;
  groups: readonly (readonly MenuAction[])[];
}) {
  return (
    <MenuTrigger>
      <AriaButton className="menu-button">
        <span className="hidden-word">{label}: </span>
        {children}
      </AriaButton>
      <Popover className="popover" placement="top start">
        <AriaMenu className="listbox" aria-label={label}>
          {groups.map((actions) => (
            <MenuSection key={actions[0]?.id} aria-label={actions[0]?.label} className="menu-section">
              {actions.map((action) => (
                <MenuItem
                  key={action.id}
                  id={action.id}
                  textValue={action.label}
                  isDisabled={Boolean(action.why)}
                  onAction={action.onPress}
                  className={`listbox-item menu-item${action.danger ? ' tone-fail' : ''}`}
                >
                  <span>
                    {action.label}
                    {action.why && <span className="choice-about">{action.why}</span>}
                  </span>
                  {action.keys && <KeyCap keys={action.keys} />}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
