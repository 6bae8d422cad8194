import { expect, it } from 'vitest'
import { letterOf } from '@/lib/hotkeys'

it('reads a key of any keyboard as a Latin one has it', () => {
  const pressed = [['G', 'KeyG'], ['ل', 'KeyG'], ['ش', 'KeyA'], ['؟', 'Slash'], ['?', 'Slash'], ['ArrowLeft', 'ArrowLeft'], ['a', 'KeyQ'], ['é', 'Digit2']]
  expect(pressed.map(([key = '', code = '']) => letterOf({ key, code }))).toEqual(['g', 'g', 'a', '?', '?', 'arrowleft', 'a', 'é'])
})
