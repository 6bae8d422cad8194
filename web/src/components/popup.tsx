/** What stands over a page: a sheet at its side, or a box in its middle; on a phone both rise from below. What was written is not lost by a slip. */

import { useBlocker, type ShouldBlockFn } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { clsx } from 'clsx'
import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'

interface Guard {
  /** Something was written that is not sent yet. */
  written: (is: boolean) => void
  close: () => void
}
const Around = createContext<Guard | null>(null)
export const usePopup = (): Guard | null => use(Around)

const SHAPES = {
  side: 'fixed bottom-0 end-0 max-md:max-h-[88dvh] max-md:rounded-t-3xl md:top-0 md:h-dvh md:w-[28rem] md:border-s md:border-line',
  middle: 'fixed inset-x-0 bottom-0 mx-auto max-h-[88dvh] max-md:rounded-t-3xl md:bottom-auto md:top-[10dvh] md:max-h-[80dvh] md:rounded-card md:max-w-lg',
  wide: 'fixed inset-x-0 bottom-0 mx-auto max-h-[92dvh] max-md:rounded-t-3xl md:bottom-auto md:top-[6dvh] md:max-h-[88dvh] md:rounded-card md:max-w-3xl',
} as const

interface Props {
  title: ReactNode
  /** Under the title. */
  about?: ReactNode
  shape?: keyof typeof SHAPES
  close: () => void
  children: ReactNode
  /** Stays until it is answered. */
  firm?: boolean
}

export function Popup({ title, about, shape = 'middle', close, children, firm = false }: Props) {
  const { t } = useTranslation()
  const isWritten = useRef(false)
  const [asks, setAsks] = useState(false)
  /** The phone's own Back leaves the page under it; what a form itself does after it was sent does not ask. */
  const shouldBlockFn = useCallback<ShouldBlockFn>(({ action }) => isWritten.current && action !== 'PUSH' && action !== 'REPLACE', [])
  const back = useBlocker({ shouldBlockFn, enableBeforeUnload: useCallback(() => isWritten.current, []), withResolver: true })
  const stay = (): void => {
    setAsks(false)
    back.reset?.()
  }
  const drop = (): void => {
    isWritten.current = false
    if (back.proceed) back.proceed()
    else close()
  }
  const leave = (): void => (isWritten.current ? setAsks(true) : close())
  const guard = useMemo<Guard>(() => ({ written: (is) => { isWritten.current = is }, close }), [close])
  return (
    <ModalOverlay isOpen isDismissable={!firm} isKeyboardDismissDisabled={firm} onOpenChange={(isOpen) => !isOpen && leave()} className="fixed inset-0 z-40 bg-black/40">
      <Modal className={clsx('flex w-full flex-col bg-surface shadow-pop', SHAPES[shape])}>
        <Dialog className="flex min-h-0 flex-1 flex-col outline-none">
          <div className="mx-auto mt-2 h-1.5 w-12 shrink-0 rounded-full bg-line md:hidden" aria-hidden />
          <div className="flex items-start justify-between gap-3 px-5 pb-3 pt-4">
            <div className="min-w-0"><Heading slot="title" className="text-lg font-semibold" dir="auto">{title}</Heading>{about}</div>
            {!firm && <button type="button" className="btn btn-ghost btn-icon -me-2 shrink-0" aria-label={t('close')} onClick={leave}><X size={18} aria-hidden /></button>}
          </div>
          <Around value={guard}><div className="min-h-0 flex-1 overflow-y-auto px-5 pb-6">{children}</div></Around>
          {(asks || back.status === 'blocked') && (
            <div role="alertdialog" aria-label={t('form.lose')} className="flex flex-wrap items-center gap-2 border-t border-line bg-sunken px-5 py-3">
              <p className="min-w-40 flex-1 text-sm font-medium">{t('form.lose')}</p>
              {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- it has just been asked */}
              <button type="button" className="btn btn-primary" autoFocus onClick={stay}>{t('form.stay')}</button>
              <button type="button" className="btn text-bad" onClick={drop}>{t('form.drop')}</button>
            </div>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

/** Asks once more before something that cannot be undone. */
export function Sure({ title, text, go, perform, close }: { title: string; text: string; go: string; perform: () => void; close: () => void }) {
  const { t } = useTranslation()
  return (
    <Popup title={title} close={close}>
      <p className="mb-5 text-sm text-ink-2" dir="auto">{text}</p>
      <div className="flex justify-end gap-2">
        <button type="button" className="btn" onClick={close}>{t('cancel')}</button>
        <button type="button" className="btn btn-primary" onClick={() => { close(); perform() }}>{go}</button>
      </div>
    </Popup>
  )
}
