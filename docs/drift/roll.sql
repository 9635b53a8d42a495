-- Skapar programmets roll, med lösenordet i APP_PASSWORD, och säger hur länge säkerhetsloggen sparas. Körs med psql, som
-- ägaren av databasen, efter varje `migrate` och före roller.sql. Lösenordet sätts på nytt varje gång: det får bytas.
\getenv password APP_PASSWORD
\getenv days SECURITY_LOG_DAYS
SELECT 'CREATE ROLE ostberga_app LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ostberga_app') \gexec
SELECT format('ALTER ROLE ostberga_app PASSWORD %L', :'password') \gexec
UPDATE actors_securitylogterm SET days = :'days'::integer;
