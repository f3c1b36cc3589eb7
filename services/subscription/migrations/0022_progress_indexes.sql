-- Each billing of a subscription moves its row, and with it an entry of each index: the ones that are left serve all reads.
DROP INDEX subscription.subscriptions_open_end;

-- Planned anew each time: the plan that was kept since the table was small would read all invoices for each batch of lines.
ALTER FUNCTION subscription.check_new_lines() SET plan_cache_mode = force_custom_plan;
