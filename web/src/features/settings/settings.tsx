/** How this hotel works: its rules, its times and money, who else may talk to it. Each sees what is theirs to change. */

import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useHere } from '@/api/here'
import { useMay } from '@/api/people'
import { me } from '@/api/queries'
import { Page } from '@/components/page'
import { Company } from '@/features/settings/company'
import { Connections } from '@/features/settings/connections'
import { Keys } from '@/features/settings/keys'
import { Policies, Property } from '@/features/settings/property'
import { Trades } from '@/features/settings/trades'

export function Settings() {
  const { t } = useTranslation()
  const here = useHere()
  const may = useMay()
  const { data: self } = useSuspenseQuery(me())
  if (!here) return null
  const isWide = self.roles.some((one) => one.property_id === null) // holds something in the whole company
  return (
    <Page title={t('settings.title')} about={<bdi>{here.name}</bdi>}>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {may('settings.manage') && <Policies key={here.id} place={here.id} />}
        <div className="flex min-w-0 flex-col gap-4">
          {may('property.manage') && <Property key={here.id} place={here.id} />}
          {may('settings.manage') && isWide && <Company />}
          {may('key.manage') && <Keys here={here} />}
          {may('connection.read') && <Connections />}
          {may('category.manage') && <Trades />}
        </div>
      </div>
    </Page>
  )
}
