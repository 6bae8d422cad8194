/** What holds in all hotels of the company. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { Ask } from '@/components/ask'
import { Form, type Given } from '@/components/form'
import { say } from '@/components/toast'
import { Card } from '@/components/card'

export function Company() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery({ queryKey: ['tenant'], queryFn: ({ signal }) => data(api.GET('/api/v1/tenant', { signal })) })
  return (
    <Card title={t('settings.company')} text={query.data?.name}>
      <Ask query={query}>
        {({ second_factor_required: initial, version }) => {
          const perform = async (given: Given): Promise<void> => {
            client.setQueryData(['tenant'], await data(api.PATCH('/api/v1/tenant', { body: { second_factor_required: given.second_factor_required === true, version } })))
            say(t('saved.done'))
          }
          return <Form key={version} fields={[{ name: 'second_factor_required', label: t('settings.factor'), hint: t('settings.factorHint'), kind: 'check', initial }]} go={t('save')} perform={perform} />
        }}
      </Ask>
    </Card>
  )
}
