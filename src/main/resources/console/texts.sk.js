export default {
  // Frame
  navigation: 'Stránky', language: 'Jazyk', sign_in: 'Prihlásiť sa', sign_out: 'Zabudnúť kľúč', key: 'Kľúč',
  key_help: 'Kľúč k API. Zostane v tejto karte a po jej zatvorení sa zabudne.',
  overview: 'Prehľad', send: 'Odoslať', batches: 'Dávky', batch: 'Dávka', replies: 'Odpovede', unconfirmed: 'Nepotvrdené', webhooks: 'Webhooky', webhook: 'Webhook',
  page_failed: 'Na stránke je chyba. Načítajte ju znova.',
  // What several pages say
  loading: 'Načítava sa …', failed: 'Nepodarilo sa.', try_again: 'Skúsiť znova', retry_after: 'Znova možno skúsiť o {seconds} s.', request: 'Požiadavka',
  no: 'Nie', more: 'Viac', any: 'Všetko', choose: 'Vyberte', account: 'Účet', text: 'Text', reference: 'Referencia', subject: 'Predmet', state: 'Stav',
  recipients: 'Príjemcovia', messages: 'Správy', segments: 'Časti', price: 'Cena', points: 'bodov', unknown_price: 'neznáma',
  estimate: 'Odhad ceny', cost: 'Účtované', created: 'Vytvorené', send_at: 'Odoslať o', from: 'Od', until: 'Do', since: 'od', as_of: 'ku dňu',
  number: 'Číslo', sent: 'Odoslané', delivered_at: 'Doručené', provider: 'Poskytovateľ', time: 'Čas', dispatch: 'Odoslanie {n}', note: 'Poznámka',
  error_network: 'Nikto neodpovedal. Funguje sieť? Skúsi sa to samo znova.',
  error_key: 'API tento kľúč nepozná: je nesprávny, zrušený alebo mu uplynula platnosť.',
  error_rate_limited: 'Priveľa požiadaviek naraz. O chvíľu sa to skúsi znova.',
  error_forbidden_scope: 'Váš kľúč na toto nemá oprávnenie.',
  error_gateway: 'API neodpovedalo ako zvyčajne.',
  // Overview
  accounts: 'Účty', no_accounts: 'Nie je nastavený žiadny účet.', default: 'predvolený', ask_credit: 'Opýtať sa poskytovateľa na kredit',
  health_misconfigured: 'Má nesprávne nastavenia.', health_blocked: 'Nič sa neodošle, kým sa nezmení heslo alebo nezatvorí relácia.',
  health_unreachable: 'Poskytovateľ neodpovedal. Odoslania čakajú a pokračujú samy.', inbox_fails: 'Schránku nemožno vyprázdniť:',
  newest: 'Najnovšie dávky', no_batches: 'Zatiaľ sa nič neodoslalo.', of_newest: 'Správy najnovších dávok ({n}):', all_batches: 'Všetky dávky',
  // Send
  numbers: 'Čísla', numbers_help: 'Jedno na riadok alebo skopírované z tabuľky: oddelené čiarkou, bodkočiarkou alebo tabulátorom.',
  write_first: 'Napíšte text a číslo a uvidíte počet častí a cenu.', counting: 'Počíta sa …', send_to: 'Odoslať: {n}',
  invalid: 'Neplatné čísla: {n}. Ostatné možno odoslať.', line: 'Riadok {n}:', keep_valid: 'Odstrániť tieto',
  // Batches and a batch
  no_match: 'Takáto dávka neexistuje.', refused: 'Neplatné', progress: 'Vybavené {done} z {all}',
  some_unconfirmed: 'Niektoré možno boli odoslané a možno nie. Rozhodnite o nich.', timeline: 'Časová os', no_messages: 'Žiadne správy.',
  first_thousand: 'Zobrazených je prvých 1 000.', reports: 'Hlásenia: {n}', by: 'rozhodol {who}', cancel: 'Zrušiť', cancel_title: 'Zrušiť túto dávku?',
  cancel_help: 'Čo ešte nie je odoslané, sa neodošle. Odoslané nemožno vziať späť.',
  cancellation: 'Zrušené správy: {n}. Zatiaľ nejasné: {pending}.', refunded: 'Vrátené:',
  event_created: 'Vytvorené', event_unconfirmed: 'Odpoveď sa stratila', event_confirmed: 'Potvrdené', event_resent: 'Odoslané znova', event_submitted: 'Odovzdané',
  event_cancel_requested: 'Žiadosť o zrušenie', event_checked: 'Vyžiadané hlásenie',
  source_answer: 'odpoveď na odoslanie', source_report: 'hlásenie', source_callback: 'spätné volanie', source_clock: 'uplynutím času', source_operator: 'operátor',
  // Replies
  period: 'Obdobie', period_hour: 'Posledná hodina', period_day: 'Posledný deň', period_week: 'Posledných sedem dní',
  replies_live: 'Odpovede: {n}. Nové pribúdajú samy.', no_replies: 'V tomto čase nikto nenapísal.', received: 'Prijaté',
  not_readable: 'nečitateľné', show_batch: 'Zobraziť', answer: 'Odpovedať',
  // Unconfirmed
  unconfirmed_help: 'Odpoveď poskytovateľa sa stratila: tieto správy možno boli odoslané a možno nie. Hoopoe ich sám nikdy neodošle znova. Pozrite sa do zoznamu poskytovateľa a potom povedzte, čo ste zistili.',
  none_unconfirmed: 'Nie je o čom rozhodovať.', messages_of: 'Správy účtu {account}: {n}.', lost: 'Odpoveď sa stratila', candidates: 'Poskytovateľ možno myslí túto:',
  candidate: 'uvedená pri číslach: {n},', provider_reference: 'Referencia u poskytovateľa', was_sent: 'Bolo odoslané', resend: 'Odoslať znova',
  confirm_title: 'Naozaj bolo odoslané?', confirm_warning: 'Hoopoe si podľa tejto referencie vyžiada hlásenia. Nesprávna ukáže stavy iných správ.',
  confirm_blind: 'Bez referencie si Hoopoe nemôže vyžiadať hlásenia. Ak ste ju našli, najprv ju napíšte.',
  resend_title: 'Odoslať znova?', resend_warning: 'Ak to predsa bolo odoslané, každý to dostane dvakrát a dvakrát sa to zaúčtuje. Urobte to, len ak viete, že odoslané nebolo.',
  // Webhooks
  address: 'Adresa', description: 'Popis', types: 'Typy', all_types: 'všetky', no_webhooks: 'Nie je zaregistrovaný žiadny koncový bod.', register: 'Zaregistrovať koncový bod',
  with_content: 'Udalosti obsahujú čísla a texty', secret_once: 'Týmto tajomstvom sa podpisujú udalosti. Zobrazí sa len teraz.', secret_kept: 'Mám ho uložené',
  failures: 'Neúspešné volania od posledného úspešného: {n}, posledné', next_attempt: 'Ďalší pokus', test: 'Poslať skúšobnú udalosť', tested: 'Poslané: {id}',
  enable: 'Zapnúť', disable: 'Vypnúť', rotate: 'Nové tajomstvo', rotate_title: 'Vytvoriť nové tajomstvo?', rotate_warning: 'Staré ešte jeden deň podpisuje spolu s ním.',
  remove: 'Vymazať', remove_title: 'Vymazať tento koncový bod?', remove_warning: 'Čo naň čaká, sa stratí.', recover: 'Poslať znova, čo odvtedy zlyhalo',
  recovered: 'Poslané znova: {n}', deliveries: 'Doručenia', no_deliveries: 'Žiadne udalosti.', event: 'Udalosť', attempts: 'Pokusy',
  // Search and usage
  search: 'Hľadať', usage: 'Spotreba', last_hour: 'Posledných 24 hodín', last_day: 'Posledných 30 dní', no_usage: 'V tomto čase sa nič nezapočítalo.', usage_help: 'Správa sa počíta do dňa a hodiny, v ktorej vznikla jej dávka, keď je vybavená. Dni sa začínajú o polnoci UTC.',
  by_period: 'Podľa', by_day: 'Deň', by_hour: 'Hodina', csv: 'Stiahnuť CSV', total: 'Spolu', caller: 'Volajúci', search_help: 'S +, krajinou a číslom. Do adresy sa nezapíše.', nothing_found: 'Na toto číslo nič neodišlo a nič z neho neprišlo.', direction: 'Smer',
  seconds_to_delivery: 'Od odoslania po doručenie, v sekundách', mean: 'priemer',
  // Erasure
  erasure: 'Vymazanie', erase: 'Vymazať', erase_help: 'Odstráni číslo, texty, meno a e-mail osoby z vašich správ a odpovedí. S +, krajinou a číslom. Do adresy stránky sa nezapíše.',
  erase_title: 'Vymazať túto osobu?', erase_warning: 'Nedá sa to vrátiť. Stavy a ceny zostanú bez osoby.', erase_another: 'Vymazať ďalšiu osobu',
  erased_messages: 'Správy', erased_replies: 'Odpovede', erased_callbacks: 'Spätné volania', erased_deliveries: 'Udalosti', not_erased: 'Nevymazané',
  still_being_sent: 'Tieto sa ešte odosielajú. Vymažte znova, keď budú vybavené:', remains: 'Čo zostáva', where: 'Kde', erased: 'vymazané', state_finished: 'dokončené',
  // States: of messages, batches, accounts, endpoints and deliveries
  state_accepted: 'prijaté', state_dispatching: 'odosiela sa', state_scheduled: 'naplánované', state_submitted: 'odovzdané', state_delivered: 'doručené',
  state_unconfirmed: 'nepotvrdené', state_unknown: 'neznáme', state_undelivered: 'nedoručené', state_failed: 'zlyhalo', state_rejected: 'odmietnuté',
  state_expired: 'vypršalo', state_cancelled: 'zrušené', state_in_progress: 'prebieha', state_completed: 'hotovo',
  state_completed_with_failures: 'hotovo, s chybami', state_ok: 'v poriadku', state_misconfigured: 'zle nastavené', state_blocked: 'zablokované',
  state_unreachable: 'nedostupné', state_enabled: 'zapnuté', state_failing: 'zlyháva', state_disabled: 'vypnuté', state_waiting: 'čaká', state_parked: 'odložené',
};
