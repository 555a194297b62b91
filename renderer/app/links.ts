import type { LinkProps } from '@tanstack/react-router';
import type { Link as Place } from '../../shared/contract/board.ts';

/** Where in the window a thing of the contract is shown. */
export function placeOf(link: Place): LinkProps {
  switch (link.to) {
    case 'item':
      return { to: '/checklist', search: { item: link.item } };
    case 'run':
      return { to: '/runs/$run', params: { run: link.run } };
    case 'role':
      return { to: '/', search: { role: link.role } };
    case 'review':
      return { to: '/review' };
    case 'settings':
      return { to: '/settings' };
  }
}
